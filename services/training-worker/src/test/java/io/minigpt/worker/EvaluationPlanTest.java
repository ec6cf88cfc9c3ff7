package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.QuestionFile;
import org.junit.jupiter.api.Test;

class EvaluationPlanTest {

    @Test
    void asksWhatTheDatasetVersionHas() {
        EvaluationPlan texts = EvaluationPlan.of(request(DatasetKind.DATASET_KIND_PRETRAINING, "{}"));
        EvaluationPlan questions = EvaluationPlan.of(request(DatasetKind.DATASET_KIND_SFT, ""));

        assertThat(texts.settings().maxItems()).containsOnlyKeys("continuation");
        assertThat(questions.settings().maxItems()).containsOnlyKeys("curated", "trained", "unseen");
    }

    @Test
    void asksAFileWithoutADatasetVersion() {
        EvaluationRequested request = request(DatasetKind.DATASET_KIND_UNSPECIFIED, "");

        assertThatThrownBy(() -> EvaluationPlan.of(request)).hasMessageContaining("does not say what it is for");
        assertThat(EvaluationPlan.of(request.toBuilder()
                                .addFiles(QuestionFile.newBuilder().setSet("test"))
                                .build())
                        .settings()
                        .maxItems())
                .isEmpty();
    }

    @Test
    void aConfigurationThatIsWrongFailsTheRunForGood() {
        assertRefused("{\"max_new_tokens\":\"many\"}", "max_new_tokens is a whole number");
        assertRefused("[1]", "is not a JSON object");
    }

    private static void assertRefused(String configuration, String reason) {
        assertThatThrownBy(() -> EvaluationPlan.of(request(DatasetKind.DATASET_KIND_SFT, configuration)))
                .isInstanceOf(PermanentFailureException.class)
                .hasMessageContaining(reason);
    }

    private static EvaluationRequested request(DatasetKind kind, String configuration) {
        return EvaluationRequested.newBuilder()
                .setVersion(
                        ModelVersion.newBuilder().addFiles(Artifact.newBuilder().setName("model.safetensors")))
                .setDataset(DatasetVersion.newBuilder().setKind(kind))
                .setConfiguration(configuration)
                .build();
    }
}
