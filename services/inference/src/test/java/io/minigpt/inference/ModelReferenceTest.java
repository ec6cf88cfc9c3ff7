package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {

    @Test
    void thereAreThreeWaysToNameAModel() {
        assertThat(ModelReference.parse("samples-base")).isEqualTo(new ModelReference.ByName("samples-base"));
        assertThat(ModelReference.parse("samples@champion"))
                .isEqualTo(new ModelReference.ByAlias(new AliasName("samples", "champion")));
        assertThat(ModelReference.parse("samples:12"))
                .isEqualTo(new ModelReference.ByVersion(new VersionId("samples", 12)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "samples:0", "samples:x", "samples:1@champion", "../samples", "samples:99999999999"})
    void anythingElseNamesNoModel(String text) {
        assertThatThrownBy(() -> ModelReference.parse(text)).isInstanceOf(UnknownModelException.class);
    }
}
