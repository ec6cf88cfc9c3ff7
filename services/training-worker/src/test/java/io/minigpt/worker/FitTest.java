package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;

class FitTest {

    private static final Offer CPU = new Offer("cpu", "bfloat16", "pytorch 2.7.1", 4_000_000_000L);
    private static final Offer GPU = new Offer("cuda:0", "bfloat16", "pytorch 2.7.1", 0);

    @Test
    void aGpuRunGoesToACpuWorkerOnlyIfThatIsAllowed() {
        TrainingRequested run = request("{}", "{\"device\":\"cuda\"}");

        assertThat(fits(run, GPU)).isTrue();
        assertThat(fits(run, CPU)).isFalse();
        assertThat(fits(run.toBuilder().setCpuAllowed(true).build(), CPU)).isTrue();
    }

    @Test
    void aModelThatIsTooLargeGoesElsewhere() {
        TrainingRequested run = request("{\"n_layer\":48,\"n_embd\":1600,\"n_head\":25}", "{}");

        assertThat(fits(run, CPU)).isFalse();
        assertThat(fits(run, GPU)).isTrue();
    }

    @Test
    void whatNobodyCanDoIsTakenToSayWhy() {
        assertThat(fits(request("{}", "{\"max_iters\":0,\"device\":\"cuda\"}"), CPU))
                .isTrue();
    }

    @Test
    void anEvaluationFitsEverywhere() {
        assertThat(Fit.fits(new Work.Evaluation(EvaluationRequested.getDefaultInstance()), CPU))
                .isTrue();
    }

    private static boolean fits(TrainingRequested run, Offer offer) {
        return Fit.fits(new Work.Training(run), offer);
    }

    private static TrainingRequested request(String model, String training) {
        return TrainingRequested.newBuilder()
                .setRunId("run")
                .setStage(Stage.STAGE_PRETRAIN)
                .setDataset(DatasetVersion.newBuilder().setKind(DatasetKind.DATASET_KIND_PRETRAINING))
                .setModelConfiguration(model)
                .setTrainingConfiguration(training)
                .build();
    }
}
