package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingCheckpointed;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingRequested;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The worker with the datasets and the other services that a test plays. */
abstract class WorkerStage {

    static final String MODEL = "{\"n_layer\":2,\"n_head\":2,\"n_embd\":16,\"block_size\":32,\"dropout\":0.1}";

    private static final Duration LONGEST_RUN = Duration.ofMinutes(2);

    @Inject
    ArtifactStore artifacts;

    TestDatasets datasets;
    EventProbe probe;

    @BeforeEach
    void open() {
        datasets = new TestDatasets(artifacts);
        probe = new EventProbe();
    }

    @AfterEach
    void close() {
        probe.close();
    }

    TrainingRequested pretraining(String training) {
        return TrainingRequested.newBuilder()
                .setRunId(newRun())
                .setStage(Stage.STAGE_PRETRAIN)
                .setModel("test-base")
                .setDataset(datasets.pretraining())
                .setModelConfiguration(MODEL)
                .setTrainingConfiguration(
                        training.replaceFirst("\\{", "{\"batch_size\":1,\"eval_iters\":1,\"samples\":0,"))
                .build();
    }

    static String newRun() {
        return "run-" + UUID.randomUUID();
    }

    TrainingFinished train(TrainingRequested request) {
        probe.publish(request.getRunId(), request);
        return await(request);
    }

    TrainingFinished await(TrainingRequested request) {
        return ended(TrainingFinished.class, event -> event.getRunId().equals(request.getRunId()));
    }

    /** The first end of a run, which may take longer than other things that happen elsewhere. */
    <M extends Message> M ended(Class<M> type, Predicate<M> wanted) {
        return Eventually.get(() -> probe.all(type, wanted), ends -> !ends.isEmpty(), LONGEST_RUN)
                .getFirst()
                .data();
    }

    <M extends Message> M only(Class<M> type, Function<M, String> id, String runId) {
        List<Event<M>> found = probe.all(type, event -> id.apply(event).equals(runId));
        assertThat(found).hasSize(1);
        return found.getFirst().data();
    }

    List<Checkpoint> checkpointed(TrainingRequested request) {
        return probe.all(TrainingCheckpointed.class, event -> event.getRunId().equals(request.getRunId())).stream()
                .map(event -> event.data().getCheckpoint())
                .toList();
    }

    static Checkpoint selected(TrainingFinished finished) {
        List<Checkpoint> selected = finished.getCheckpointsList().stream()
                .filter(Checkpoint::getSelected)
                .toList();
        assertThat(selected).hasSize(1);
        return selected.getFirst();
    }

    static ModelVersion version(TrainingFinished finished, Stage stage) {
        return ModelVersion.newBuilder()
                .setModel(finished.getModel())
                .setVersion(1)
                .setStage(stage)
                .addAllFiles(selected(finished).getFilesList())
                .build();
    }
}
