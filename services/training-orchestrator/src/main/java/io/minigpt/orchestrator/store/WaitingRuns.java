package io.minigpt.orchestrator.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.gpt.DeviceNeeds;
import io.minigpt.gpt.configuration.InvalidConfigurationException;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.SelectionRule;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.orchestrator.EvaluationRun;
import io.minigpt.orchestrator.KnownWorker;
import io.minigpt.orchestrator.QueueForecast;
import io.minigpt.orchestrator.QueuePlace;
import io.minigpt.orchestrator.TrainingFigures;
import io.minigpt.orchestrator.TrainingRun;
import io.minigpt.orchestrator.WaitingRun;
import io.minigpt.platform.database.Columns;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.TrainingRequested;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The queue of the workers as the orchestrator knows it. */
@ApplicationScoped
public class WaitingRuns {

    /** Ended runs among which one like a waiting run is looked for. */
    private static final int LOOKED_AT = 100;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> KEYS = new TypeReference<>() {};

    private final TrainingRunStore trainings;
    private final EvaluationRunStore evaluations;
    private final MeasurementStore measurements;

    WaitingRuns(TrainingRunStore trainings, EvaluationRunStore evaluations, MeasurementStore measurements) {
        this.trainings = trainings;
        this.evaluations = evaluations;
        this.measurements = measurements;
    }

    /** Every waiting run, the first to be taken first. @param workers that are known */
    public List<QueuePlace> places(Handle transaction, List<KnownWorker> workers) {
        record Candidate(WaitingRun run, Instant createdAt) {}
        Map<String, Duration> lengths = lengths(transaction);
        List<Candidate> waiting = new ArrayList<>();
        for (TrainingRun run : trainings.in(transaction, "pending")) {
            waiting.add(new Candidate(waiting(run, lengths), run.createdAt()));
        }
        for (EvaluationRun run : evaluations.in(transaction, "pending")) {
            int priority = run.requested().getPriority();
            waiting.add(new Candidate(
                    new WaitingRun(run.id(), "evaluate", priority, DeviceNeeds.NONE, Optional.empty()),
                    run.createdAt()));
        }
        waiting.sort(Comparator.comparingInt(
                        (Candidate candidate) -> -candidate.run().priority())
                .thenComparing(Candidate::createdAt)
                .thenComparing(candidate -> candidate.run().id()));
        Instant now = Columns.now(transaction);
        return new QueueForecast(workers, timeLeft(transaction, workers, now), now)
                .places(waiting.stream().map(Candidate::run).toList());
    }

    private static WaitingRun waiting(TrainingRun run, Map<String, Duration> lengths) {
        TrainingRequested request = run.requested();
        String kind =
                switch (request.getStage()) {
                    case STAGE_PRETRAIN -> "pretrain";
                    case STAGE_SFT -> "sft";
                    case STAGE_UNSPECIFIED, UNRECOGNIZED -> "";
                };
        try {
            TrainingConfiguration training = training(request);
            Optional<ModelConfiguration> model = Optional.of(request.getModelConfiguration())
                    .filter(json -> !json.isEmpty())
                    .map(ModelConfiguration::fromJson);
            return new WaitingRun(
                    run.id(),
                    kind,
                    request.getPriority(),
                    DeviceNeeds.of(training, model, request.getCpuAllowed()),
                    Optional.ofNullable(lengths.get(request.getModel()))
                            .map(step -> step.multipliedBy(training.maxSteps())));
        } catch (InvalidConfigurationException e) {
            // the worker that takes it will say so
            return new WaitingRun(run.id(), kind, request.getPriority(), DeviceNeeds.NONE, Optional.empty());
        }
    }

    /** How long a step of each model took when it was last trained to the end. */
    private Map<String, Duration> lengths(Handle transaction) {
        Map<String, Duration> lengths = new HashMap<>();
        for (TrainingRun run : trainings.newest(transaction, "", LOOKED_AT)) {
            long steps = run.finished().getCheckpointsList().stream()
                    .mapToLong(Checkpoint::getStep)
                    .max()
                    .orElse(0);
            if (steps > 0) {
                lengths.putIfAbsent(
                        run.finished().getModel(),
                        Duration.ofMillis(run.finished().getDurationMillis()).dividedBy(steps));
            }
        }
        return lengths;
    }

    private Map<String, Duration> timeLeft(Handle transaction, List<KnownWorker> workers, Instant now) {
        List<String> runs = workers.stream()
                .map(KnownWorker::runId)
                .filter(id -> !id.isEmpty())
                .toList();
        Map<String, Duration> left = new HashMap<>();
        for (Map.Entry<String, TrainingFigures> run :
                measurements.newest(transaction, runs).entrySet()) {
            if (run.getValue().timeLeft() != null) {
                Instant end = run.getValue().measuredAt().plus(run.getValue().timeLeft());
                left.put(run.getKey(), end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO);
            }
        }
        return left;
    }

    private static TrainingConfiguration training(TrainingRequested request) {
        String json = request.getTrainingConfiguration();
        try {
            Map<String, Object> keys = json.isEmpty() ? new HashMap<>() : JSON.readValue(json, KEYS);
            SelectionRule.take(keys);
            return TrainingConfiguration.of(keys);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("run " + request.getRunId() + " was queued with a broken configuration", e);
        }
    }
}
