package io.minigpt.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.registry.VersionQuery.Position;
import org.junit.jupiter.api.Test;

class VersionQueryTest {

    @Test
    void readsDatasetsWithAndWithoutVersion() {
        assertThat(VersionQuery.of(null, null, "news-sft", null, null, 5).datasetVersion())
                .isEmpty();
        VersionQuery query = VersionQuery.of("sft", null, "news-sft:12", "registeredAt", null, 5);

        assertThat(query.dataset()).contains("news-sft");
        assertThat(query.datasetVersion()).contains(12);
        assertThat(query.stage()).contains(ModelStage.SFT);
        assertThat(query.sort()).isEmpty();
    }

    @Test
    void cursorsReadBack() {
        Position position = new Position(Double.NEGATIVE_INFINITY, 7);

        assertThat(Position.parse(position.toString())).isEqualTo(position);
        assertThat(Position.parse(new Position(-1.25e-7, 3).toString())).isEqualTo(new Position(-1.25e-7, 3));
    }

    @Test
    void refusesByName() {
        assertThatThrownBy(() -> VersionQuery.of("distilled", null, null, null, null, 5))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("stage 'distilled' must be pretrain or sft");
        assertThatThrownBy(() -> VersionQuery.of(null, null, "a:b", null, null, 5))
                .hasMessage("dataset version 'b' is no number");
        assertThatThrownBy(() -> VersionQuery.of(null, null, null, null, "next", 5))
                .hasMessage("cursor 'next' does not come from this list");
    }
}
