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
    void asksEveryCuratedQuestionByDefault() {
        EvaluationPlan plan = EvaluationPlan.of(request(DatasetKind.DATASET_KIND_SFT, ""));

        assertThat(plan.maxItems())
                .containsEntry("curated", Integer.MAX_VALUE)
                .containsEntry("trained", 20)
                .containsEntry("unseen", 20);
        assertThat(plan.temperatures()).containsExactly(0.01);
        assertThat(plan.seed()).isEqualTo(1234);
    }

    @Test
    void continuesTextsOfAPretrainingVersion() {
        EvaluationPlan plan = EvaluationPlan.of(request(DatasetKind.DATASET_KIND_PRETRAINING, "{}"));

        assertThat(plan.maxItems()).containsOnlyKeys("continuation");
        assertThat(plan.promptCharacters()).isEqualTo(32);
        assertThat(plan.continuationTokens()).isEqualTo(64);
    }

    @Test
    void hasTheWholeTableOfTheFirstMiniGpt() {
        EvaluationPlan texts = EvaluationPlan.of(request(DatasetKind.DATASET_KIND_PRETRAINING, "{\"table\":\"seed\"}"));
        EvaluationPlan questions = EvaluationPlan.of(request(DatasetKind.DATASET_KIND_SFT, "{\"table\":\"seed\"}"));

        assertThat(texts.temperatures()).containsExactly(0.01, 0.1, 0.2);
        assertThat(texts.promptCharacters()).isEqualTo(32);
        assertThat(texts.continuationTokens()).isEqualTo(256);
        assertThat(questions.maxItems())
                .containsEntry("curated", Integer.MAX_VALUE)
                .containsEntry("trained", 100)
                .containsEntry("unseen", 100)
                .containsKeys("same-document", "variants");
    }

    @Test
    void asksAFileWithoutADatasetVersion() {
        EvaluationRequested request = request(DatasetKind.DATASET_KIND_UNSPECIFIED, "");

        assertThatThrownBy(() -> EvaluationPlan.of(request)).hasMessageContaining("does not say what it is for");
        assertThat(EvaluationPlan.of(request.toBuilder()
                                .addFiles(QuestionFile.newBuilder().setSet("test"))
                                .build())
                        .maxItems())
                .isEmpty();
    }

    @Test
    void aConfigurationChangesAndAddsSets() {
        EvaluationPlan plan = EvaluationPlan.of(request(
                DatasetKind.DATASET_KIND_SFT,
                "{\"max_items\":{\"trained\":0,\"unseen\":\"all\",\"variants\":7},\"temperatures\":[0,0.2]}"));

        assertThat(plan.maxItems())
                .containsOnlyKeys("curated", "unseen", "variants")
                .containsEntry("unseen", Integer.MAX_VALUE)
                .containsEntry("variants", 7);
        assertThat(plan.temperatures()).containsExactly(0.0, 0.2);
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertRefused("{\"temperature\":0.1}", "temperature");
        assertRefused("{\"table\":\"long\"}", "table is one of [short, seed]");
        assertRefused("{\"temperatures\":[-1]}", "temperatures");
        assertRefused("{\"max_items\":{\"curated\":-3}}", "max_items.curated");
        assertRefused("{\"max_new_tokens\":\"many\"}", "max_new_tokens");
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
