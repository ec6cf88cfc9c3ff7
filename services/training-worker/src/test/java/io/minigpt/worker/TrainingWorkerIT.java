package io.minigpt.worker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import io.minigpt.gpt.Generator;
import io.minigpt.gpt.configuration.WeightType;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.jobs.JobQueue;
import io.minigpt.platform.jobs.JobState;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationProgressed;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.EvaluationStarted;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.QuestionFile;
import io.minigpt.proto.training.v1.Sample;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.StepMeasured;
import io.minigpt.proto.training.v1.TrainingCancellationRequested;
import io.minigpt.proto.training.v1.TrainingCheckpointed;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingPauseRequested;
import io.minigpt.proto.training.v1.TrainingPaused;
import io.minigpt.proto.training.v1.TrainingQueued;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.minigpt.proto.training.v1.TrainingResumptionRequested;
import io.minigpt.proto.training.v1.TrainingRetryRequested;
import io.minigpt.proto.training.v1.TrainingStarted;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(ShortLeases.class)
class TrainingWorkerIT {

    private static final String MODEL = "{\"n_layer\":2,\"n_head\":2,\"n_embd\":16,\"block_size\":32,\"dropout\":0.1}";

    @Inject
    ArtifactStore artifacts;

    @Inject
    Database database;

    @Inject
    JobQueue jobs;

    @TempDir
    Path folder;

    private TestDatasets datasets;
    private EventProbe probe;

    @BeforeEach
    void open() {
        datasets = new TestDatasets(artifacts);
        probe = new EventProbe();
    }

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void aPretrainingRunTellsWhatItDoesAndLeavesAModel() throws IOException {
        TrainingRequested request = pretraining("{\"max_iters\":20,\"eval_interval\":5,\"log_interval\":4}");

        TrainingFinished finished = train(request);

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(finished.getTokensSeen()).isEqualTo(20 * 32);
        assertThat(finished.getFirstTrainLoss()).isCloseTo(Math.log(50_304), within(0.3));
        assertThat(finished.getLastTrainLoss()).isLessThan(finished.getFirstTrainLoss());
        assertThat(finished.getDevice()).isEqualTo("cpu");
        assertThat(finished.getEngine()).isEqualTo("pytorch 2.7.1");
        assertThat(finished.getCodeVersion()).isEqualTo("dev");
        assertThat(finished.getDurationMillis()).isPositive();
        TrainingStarted started = only(TrainingStarted.class, event -> event.getRunId(), request.getRunId());
        assertThat(started.getMaxSteps()).isEqualTo(20);
        assertThat(started.getParameters()).isGreaterThan(50_304 * 16);
        assertThat(checkpointed(request)).extracting(Checkpoint::getStep).containsExactly(5L, 10L, 15L, 20L);
        assertThat(steps(request)).containsExactly(1L, 4L, 5L, 8L, 10L, 12L, 15L, 16L, 20L);
        Checkpoint selected = selected(finished);
        assertThat(selected.getValidationLoss()).isPositive();
        assertThat(selected.getBitsPerByte()).isPositive();
        assertThat(generate(selected)).isNotNull();
        // the files of the others are gone
        assertThat(artifacts.list(RunFiles.folder(request.getRunId()))).hasSize(3 * finished.getCheckpointsCount());
    }

    @Test
    void aCommandThatComesTwiceTrainsOnce() {
        TrainingRequested request = pretraining("{\"max_iters\":2}");
        Event<TrainingRequested> event = probe.publish(request.getRunId(), request);
        probe.publish(event);

        probe.publish(request.getRunId(), request);

        await(request);
        TrainingFinished last = train(pretraining("{\"max_iters\":2}"));
        assertThat(last.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(probe.all(
                        TrainingStarted.class, started -> started.getRunId().equals(request.getRunId())))
                .hasSize(1);
        assertThat(probe.all(TrainingFinished.class, end -> end.getRunId().equals(request.getRunId())))
                .hasSize(1);
    }

    @Test
    void aRunThatLosesItsWorkerEndsWithTheWeightsOfAnUndisturbedOne() {
        TrainingRequested disturbed = pretraining("{\"max_iters\":20,\"eval_interval\":4,\"log_interval\":4}");
        TrainingRequested undisturbed = disturbed.toBuilder().setRunId(newRun()).build();
        loseTheLeaseAtStep(disturbed, 8);

        TrainingFinished finished = train(disturbed);

        TrainingFinished expected = train(undisturbed);
        List<Event<TrainingStarted>> starts =
                probe.all(TrainingStarted.class, event -> event.getRunId().equals(disturbed.getRunId()));
        assertThat(starts).extracting(event -> event.data().getLease()).containsExactly(1L, 3L);
        assertThat(starts).extracting(event -> event.data().getStartStep()).containsExactly(0L, 8L);
        assertThat(finished.getLease()).isEqualTo(3);
        assertThat(weights(finished)).isEqualTo(weights(expected));
        assertThat(finished.getFirstTrainLoss()).isEqualTo(expected.getFirstTrainLoss());
        assertThat(finished.getLastTrainLoss()).isEqualTo(expected.getLastTrainLoss());
        assertThat(checkpointed(disturbed)).extracting(Checkpoint::getStep).containsExactly(4L, 8L, 12L, 16L, 20L);
    }

    /** Another replica takes the run as its checkpoint is committed, and dies at once; the first one goes on unaware. */
    private void loseTheLeaseAtStep(TrainingRequested request, int step) {
        database.run(transaction -> transaction.execute("""
                create function lose_lease() returns trigger language plpgsql as $$
                begin
                    update job set lease = lease + 1, lease_until = clock_timestamp() where id = new.run_id;
                    return new;
                end $$;
                create trigger lose_lease after insert on checkpoint for each row
                when (new.run_id = '%s' and new.step = %d and new.lease = 1) execute function lose_lease()
                """.formatted(request.getRunId(), step)));
    }

    @Test
    void aRunThatKeepsEndingItsWorkersIsGivenUp() {
        TrainingRequested request = pretraining("{\"max_iters\":1000000,\"eval_interval\":1000000}");
        probe.publish(request.getRunId(), request);
        probe.await(TrainingStarted.class, event -> event.getRunId().equals(request.getRunId()));

        // ten workers took it one after the other and died
        database.run(transaction -> transaction
                .createUpdate("update job set lease = lease + 10, lease_until = clock_timestamp() where id = :id")
                .bind("id", request.getRunId())
                .execute());

        TrainingFinished finished = await(request);
        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(finished.getReason()).contains("never came as far as a checkpoint");
    }

    @Test
    void aCancelledRunEnds() {
        TrainingRequested request = pretraining("{\"max_iters\":1000000,\"eval_interval\":1000000}");
        probe.publish(request.getRunId(), request);
        probe.await(StepMeasured.class, event -> event.getRunId().equals(request.getRunId()));
        given().get("/api/worker")
                .then()
                .statusCode(200)
                .body("device", equalTo("cpu"))
                .body("engine", containsString("pytorch"))
                .body("run.runId", equalTo(request.getRunId()))
                .body("run.kind", equalTo("training"));

        cancel(request);

        TrainingFinished finished = await(request);
        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_CANCELLED);
        assertThat(finished.getReason()).isEqualTo("not wanted any more");
        Eventually.get(() -> given().get("/api/worker").jsonPath().getString("run"), run -> run == null);
    }

    @Test
    void aRunIsPausedResumedCancelledAndTriedAgain() {
        // Given a run under way
        TrainingRequested request = pretraining("{\"max_iters\":1000000,\"eval_interval\":1000000}");
        probe.publish(request.getRunId(), request);
        probe.await(StepMeasured.class, event -> event.getRunId().equals(request.getRunId()));

        // When it is held back
        probe.publish(
                request.getRunId(),
                TrainingPauseRequested.newBuilder()
                        .setRunId(request.getRunId())
                        .setReason("the device is needed")
                        .build());

        // Then it is saved and the device is free
        TrainingPaused paused = probe.await(
                        TrainingPaused.class, event -> event.getRunId().equals(request.getRunId()))
                .data();
        assertThat(paused.getStep()).isPositive();
        assertThat(paused.getReason()).isEqualTo("the device is needed");
        assertThat(train(pretraining("{\"max_iters\":1}")).getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);

        // and goes on from there when it is resumed, and when it is tried again
        probe.publish(
                request.getRunId(),
                TrainingResumptionRequested.newBuilder()
                        .setRunId(request.getRunId())
                        .build());
        assertThat(start(request, paused.getLease() + 1).getStartStep()).isEqualTo(paused.getStep());
        cancel(request);
        assertThat(await(request).getOutcome()).isEqualTo(Outcome.OUTCOME_CANCELLED);
        probe.publish(
                request.getRunId(),
                TrainingRetryRequested.newBuilder().setRequest(request).build());
        assertThat(start(request, paused.getLease() + 3).getStartStep()).isEqualTo(paused.getStep());
        assertThat(probe.all(TrainingQueued.class, event -> event.getRunId().equals(request.getRunId())))
                .extracting(event -> event.data().getLease())
                .containsExactly(paused.getLease(), paused.getLease() + 2);
        cancel(request);
        probe.awaitCount(TrainingFinished.class, event -> event.getRunId().equals(request.getRunId()), 2);
    }

    private TrainingStarted start(TrainingRequested request, long lease) {
        return probe.await(
                        TrainingStarted.class,
                        event -> event.getRunId().equals(request.getRunId()) && event.getLease() == lease)
                .data();
    }

    private void cancel(TrainingRequested request) {
        probe.publish(
                request.getRunId(),
                TrainingCancellationRequested.newBuilder()
                        .setRunId(request.getRunId())
                        .setReason("not wanted any more")
                        .build());
    }

    @Test
    void aRunWithABadConfigurationNamesTheKey() {
        TrainingFinished finished = train(pretraining("{\"max_iters\":0}"));

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(finished.getReason()).contains("max_iters");
    }

    @Test
    void aRunThatNeedsMoreMemoryThanThereIsFailsAndTheWorkerGoesOn() {
        TrainingFinished finished = train(pretraining("{\"max_iters\":1}").toBuilder()
                .setModelConfiguration("{\"n_layer\":256,\"n_head\":2,\"n_embd\":64,\"block_size\":32}")
                .setTrainingConfiguration("{\"max_iters\":1,\"batch_size\":20000}")
                .build());

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(finished.getReason()).contains("out of memory", "lower batch_size");
        assertThat(train(pretraining("{\"max_iters\":1}")).getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
    }

    @Test
    void aModelThatIsTooLargeWaitsForAnotherWorker() {
        TrainingRequested huge = pretraining("{\"max_iters\":1}").toBuilder()
                .setModelConfiguration("{\"n_layer\":256,\"n_head\":256,\"n_embd\":65536}")
                .setPriority(1)
                .build();
        probe.publish(huge.getRunId(), huge);
        Eventually.get(() -> state(huge), state -> state.equals(Optional.of(new JobState.Queued())));

        assertThat(train(pretraining("{\"max_iters\":1}")).getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);

        assertThat(state(huge)).contains(new JobState.Queued());
        cancel(huge);
        assertThat(await(huge).getOutcome()).isEqualTo(Outcome.OUTCOME_CANCELLED);
    }

    private Optional<JobState> state(TrainingRequested request) {
        return database.read(transaction -> jobs.state(transaction, request.getRunId()));
    }

    @Test
    void aRunThatDivergesFailsAndTheWorkerGoesOn() throws IOException {
        TrainingRequested healthy = pretraining("{\"max_iters\":1}");
        ModelVersion broken = new BrokenModel(artifacts).of(version(train(healthy), Stage.STAGE_PRETRAIN));

        TrainingFinished diverged =
                train(healthy.toBuilder().setRunId(newRun()).setBase(broken).build());

        assertThat(diverged.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(diverged.getReason()).contains("diverged at step 1");
        assertThat(train(pretraining("{\"max_iters\":1}")).getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
    }

    @Test
    void aRunFromADamagedBaseFails() throws IOException {
        TrainingRequested healthy = pretraining("{\"max_iters\":1}");
        ModelVersion base = version(train(healthy), Stage.STAGE_PRETRAIN);
        artifacts.delete(base.getFiles(0).getKey());

        TrainingFinished finished =
                train(healthy.toBuilder().setRunId(newRun()).setBase(base).build());

        assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
        assertThat(finished.getReason()).contains(base.getFiles(0).getKey());
    }

    @Test
    void aModelIsPretrainedFineTunedAndEvaluated() throws IOException {
        TrainingRequested pretraining = pretraining("{\"max_iters\":4}");
        ModelVersion base = version(train(pretraining), Stage.STAGE_PRETRAIN);
        TrainingRequested fineTuning = TrainingRequested.newBuilder()
                .setRunId(newRun())
                .setStage(Stage.STAGE_SFT)
                .setModel("test")
                .setDataset(datasets.fineTuning())
                .setBase(base)
                .setTrainingConfiguration(
                        "{\"max_iters\":200,\"batch_size\":4,\"learning_rate\":0.02,\"loss\":\"answer\",\"eval_interval\":100,\"select\":\"evaluation\",\"selection_sets\":\"curated\"}")
                .build();

        TrainingFinished tuned = train(fineTuning);
        EvaluationRequested evaluation = EvaluationRequested.newBuilder()
                .setRunId(newRun())
                .setVersion(version(tuned, Stage.STAGE_SFT))
                .setDataset(fineTuning.getDataset())
                .addFiles(QuestionFile.newBuilder()
                        .setSet("test")
                        .setFile(store("{\"question\":\"9号?\",\"answer\":\"是9\"}\n{\"question\":\"天?\"}\n")))
                .setPromoteAlias("champion")
                .build();
        EvaluationFinished evaluated = evaluate(evaluation);

        assertThat(tuned.getBase()).isEqualTo(base);
        assertThat(selected(tuned).getRolesList()).contains("best-evaluation");
        assertThat(checkpointed(fineTuning))
                .hasSize(2)
                .allMatch(checkpoint ->
                        checkpoint.getEvaluationScore() <= selected(tuned).getEvaluationScore());
        assertThat(selected(tuned).getEvaluationScore()).isGreaterThan(0.4);
        assertThat(promptTemplate(selected(tuned))).isEqualTo("Q: {question}\nA:");
        assertThat(probe.all(
                        TrainingCheckpointed.class, event -> event.getRunId().equals(fineTuning.getRunId())))
                .allSatisfy(event -> assertThat(event.data().getSamplesList())
                        .extracting(Sample::getPrompt)
                        .containsExactly("0号?", "1号?"));
        assertThat(evaluated.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(evaluated.getPromoteAlias()).isEqualTo("champion");
        assertThat(metric(evaluated, "curated", "rouge_l").getValue()).isGreaterThan(0.4);
        assertThat(metric(evaluated, "curated", "rouge_l").getItems()).isEqualTo(4);
        assertThat(metric(evaluated, "curated", "perplexity").getValue()).isBetween(1.0, 10.0);
        assertThat(metric(evaluated, "unseen", "bits_per_byte").getValue()).isPositive();
        assertThat(metric(evaluated, "curated", "rouge_l").getHigh())
                .isGreaterThanOrEqualTo(metric(evaluated, "curated", "rouge_l").getValue());
        assertThat(metric(evaluated, "test", "rouge_l").getItems()).isEqualTo(1);
        assertThat(metric(evaluated, "latency", "time_to_first_token_ms").getValue())
                .isPositive();
        assertThat(answers(evaluated.getAnswers())).hasSize(8);
        only(EvaluationStarted.class, EvaluationStarted::getRunId, evaluation.getRunId());
        assertThat(probe.all(
                        EvaluationProgressed.class, event -> event.getRunId().equals(evaluation.getRunId())))
                .last()
                .satisfies(event -> assertThat(event.data().getItemsDone()).isEqualTo(8));
    }

    @Test
    void aPretrainedModelContinuesTexts() {
        TrainingRequested pretraining = pretraining("{\"max_iters\":2}");
        ModelVersion base = version(train(pretraining), Stage.STAGE_PRETRAIN);

        EvaluationFinished evaluated = evaluate(EvaluationRequested.newBuilder()
                .setRunId(newRun())
                .setVersion(base)
                .setDataset(pretraining.getDataset())
                .setConfiguration("{\"max_items\":{\"continuation\":3},\"continuation_tokens\":8}")
                .build());

        assertThat(evaluated.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(metric(evaluated, "continuation", "rouge_l").getItems()).isEqualTo(3);
        assertThat(metric(evaluated, "validation", "bits_per_byte").getValue()).isBetween(1.0, 20.0);
    }

    private Artifact store(String lines) throws IOException {
        try (ArtifactWriter writer = artifacts.create("questions/" + UUID.randomUUID() + ".jsonl")) {
            writer.write(lines.getBytes(StandardCharsets.UTF_8));
            return writer.commit();
        }
    }

    private TrainingRequested pretraining(String training) {
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

    private static String newRun() {
        return "run-" + UUID.randomUUID();
    }

    private TrainingFinished train(TrainingRequested request) {
        probe.publish(request.getRunId(), request);
        return await(request);
    }

    private TrainingFinished await(TrainingRequested request) {
        return probe.await(TrainingFinished.class, event -> event.getRunId().equals(request.getRunId()))
                .data();
    }

    private EvaluationFinished evaluate(EvaluationRequested request) {
        probe.publish(request.getRunId(), request);
        return probe.await(EvaluationFinished.class, event -> event.getRunId().equals(request.getRunId()))
                .data();
    }

    private <M extends Message> M only(Class<M> type, Function<M, String> id, String runId) {
        List<Event<M>> found = probe.all(type, event -> id.apply(event).equals(runId));
        assertThat(found).hasSize(1);
        return found.getFirst().data();
    }

    private List<Checkpoint> checkpointed(TrainingRequested request) {
        return probe.all(TrainingCheckpointed.class, event -> event.getRunId().equals(request.getRunId())).stream()
                .map(event -> event.data().getCheckpoint())
                .toList();
    }

    private List<Long> steps(TrainingRequested request) {
        return probe.awaitCount(StepMeasured.class, event -> event.getRunId().equals(request.getRunId()), 9).stream()
                .map(event -> event.data().getStep())
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static Checkpoint selected(TrainingFinished finished) {
        List<Checkpoint> selected = finished.getCheckpointsList().stream()
                .filter(Checkpoint::getSelected)
                .toList();
        assertThat(selected).hasSize(1);
        return selected.getFirst();
    }

    private static ModelVersion version(TrainingFinished finished, Stage stage) {
        return ModelVersion.newBuilder()
                .setModel(finished.getModel())
                .setVersion(1)
                .setStage(stage)
                .addAllFiles(selected(finished).getFilesList())
                .build();
    }

    /** The sha256 of the last checkpoint's weights. */
    private static String weights(TrainingFinished finished) {
        return finished.getCheckpointsList().getLast().getFilesList().stream()
                .filter(file -> file.getName().equals("model.safetensors"))
                .findFirst()
                .orElseThrow()
                .getSha256();
    }

    private static Metric metric(EvaluationFinished finished, String set, String name) {
        return finished.getMetricsList().stream()
                .filter(metric ->
                        metric.getSet().equals(set) && metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String promptTemplate(Checkpoint checkpoint) throws IOException {
        Artifact description = checkpoint.getFilesList().stream()
                .filter(file -> file.getName().equals("checkpoint.json"))
                .findFirst()
                .orElseThrow();
        return new ObjectMapper()
                .readTree(artifacts.local(description).toFile())
                .at("/provenance/prompt_template")
                .asText();
    }

    private String generate(Checkpoint checkpoint) throws IOException {
        for (Artifact file : checkpoint.getFilesList()) {
            Files.createSymbolicLink(folder.resolve(file.getName()), artifacts.local(file));
        }
        try (Generator generator = Generator.load(folder, WeightType.AUTO, "cpu")) {
            return generator.checkpoint().model().toJson();
        }
    }

    private List<JsonNode> answers(Artifact file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(artifacts.open(file), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> {
                        try {
                            return json.readTree(line);
                        } catch (JsonProcessingException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }
}
