package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCatalogTest {

    private static final AliasName CHAMPION = new AliasName("samples", "champion");

    private final ModelCatalog catalog = new ModelCatalog();

    @Test
    void theNewestRevisionOfAnAliasWinsInAnyOrder() {
        catalog.setAlias(CHAMPION, 2, version(2));
        catalog.setAlias(CHAMPION, 1, version(1));

        assertThat(catalog.version(CHAMPION)).contains(version(2));
    }

    @Test
    void aRemovedAliasDoesNotComeBackByALateFact() {
        catalog.setAlias(CHAMPION, 1, version(1));
        catalog.removeAlias(CHAMPION, 3);

        catalog.setAlias(CHAMPION, 2, version(2));

        assertThat(catalog.version(CHAMPION)).isEmpty();
        assertThat(catalog.aliases()).isEmpty();
    }

    @Test
    void aDeletedVersionStaysDeleted() {
        catalog.register(version(1));
        catalog.delete(version(1).id());

        catalog.register(version(1));

        assertThat(catalog.versions()).isEmpty();
    }

    @Test
    void versionsAreListedByModelAndNumber() {
        List.of(version(10), version(2)).forEach(catalog::register);

        assertThat(catalog.versions()).containsExactly(version(2), version(10));
    }

    private static ServableVersion version(int number) {
        return new ServableVersion(new VersionId("samples", number), Stage.SFT, List.of(), Instant.EPOCH);
    }
}
