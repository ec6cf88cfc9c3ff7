package io.minigpt.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.minigpt.orchestrator.PipelineSpec;
import io.minigpt.orchestrator.Regeneration;
import io.minigpt.proto.dataset.v1.RegenerationGoal;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.ModelVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowsTest {

    @Test
    void aSpecComesBackAsItWas() {
        ModelVersion base = ModelVersion.newBuilder()
                .setModel("samples-base")
                .setVersion(2)
                .addFiles(Artifact.newBuilder().setName("model.safetensors").setBytes(1L << 40))
                .build();
        PipelineSpec spec = spec(Optional.of(new Regeneration(
                RegenerationGoal.REGENERATION_GOAL_PROMOTE, List.of("d1"), "p", "t", false, "why", Optional.of(base))));

        assertThat(Rows.value(Rows.json(spec), PipelineSpec.class)).isEqualTo(spec);
        assertThat(Rows.value(Rows.json(spec(Optional.empty())), PipelineSpec.class))
                .isEqualTo(spec(Optional.empty()));
    }

    @Test
    void aSpecFromBeforeRegenerationsMakesEverything() {
        String earlier = """
                {"name": "samples", "corpus": "news", "corpusRevision": 12, "teacher": "", "modelPreset": "demo",
                 "pretrainingPreset": "demo-pretrain", "sftPreset": "demo-sft", "modelConfiguration": {},
                 "pretrainingConfiguration": {}, "sftConfiguration": {}, "maxGenerated": 0, "curatedRepeat": 1,
                 "alias": "champion"}
                """;

        assertThat(Rows.value(earlier, PipelineSpec.class)).isEqualTo(spec(Optional.empty()));
    }

    private static PipelineSpec spec(Optional<Regeneration> regeneration) {
        return new PipelineSpec(
                "samples",
                "news",
                12,
                "",
                "demo",
                "demo-pretrain",
                "demo-sft",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode(),
                0,
                1,
                "qa",
                List.of(),
                "champion",
                regeneration);
    }
}
