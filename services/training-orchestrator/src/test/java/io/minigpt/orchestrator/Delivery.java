package io.minigpt.orchestrator;

import com.google.protobuf.Message;
import io.minigpt.orchestrator.ScriptedServices.Said;
import io.minigpt.platform.events.EventCatalog;
import io.minigpt.proto.inference.v1.DeploymentFailed;
import io.minigpt.proto.inference.v1.ModelDeployed;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.registry.v1.PromotionDecided;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A pipeline run among other services, without a broker: what one topic says of one key arrives in order, everything
 * else in the order of a random seed, some of it twice.
 */
final class Delivery implements Serving {

    static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    final List<Message> commands = new ArrayList<>();
    final List<Message> events = new ArrayList<>();
    PipelineRun run;

    private final Random random;
    private final Function<Message, List<Said>> services;
    private final Map<String, Deque<Message>> waiting = new TreeMap<>();
    private final List<Message> delivered = new ArrayList<>();
    private final Map<String, Promotion> promotions = new HashMap<>();
    private final Map<String, Boolean> aliases = new HashMap<>();
    private final Map<String, Deployment> deployments = new HashMap<>();

    Delivery(PipelineSpec spec, long seed, Function<Message, List<Said>> services) {
        this.random = new Random(seed);
        this.services = services;
        apply(PipelineRun.create("run", spec, TIME).advance(this, TIME));
    }

    /** Delivers until nothing is under way. */
    Delivery all() {
        while (!waiting.isEmpty()) {
            next();
        }
        return this;
    }

    /** Delivers until a message of this type has been delivered. */
    Delivery until(Class<? extends Message> type) {
        while (delivered.stream().noneMatch(type::isInstance)) {
            next();
        }
        return this;
    }

    /** Delivers one message as often as it comes. */
    void deliver(Message message) {
        switch (message) {
            case PromotionDecided m -> promotions.put(m.getRunId(), new Promotion(m.getPromoted(), m.getReason()));
            case AliasSet m ->
                aliases.put(
                        m.getModel() + "@" + m.getAlias() + ":" + m.getVersion().getVersion(), true);
            case ModelDeployed m ->
                deployments.put(m.getModel() + ":" + m.getVersion(), new Deployment.Deployed(m.getVersion()));
            case DeploymentFailed m ->
                deployments.put(m.getModel() + ":" + m.getVersion(), new Deployment.Failed(m.getReason()));
            default -> {
                // concerns a step only
            }
        }
        PipelineRun changed = StepReport.of(message)
                .flatMap(report -> StepRun.parse(report.runId())
                        .map(attempt ->
                                run.change(attempt, step -> report.change().apply(step, TIME))))
                .orElse(run);
        apply(changed.advance(this, TIME));
    }

    void cancel() {
        apply(run.cancel(TIME, "no longer wanted"));
    }

    void retry() {
        apply(run.retry(this, TIME));
    }

    <M extends Message> List<M> commands(Class<M> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public Optional<Promotion> promotion(String evaluationRunId) {
        return Optional.ofNullable(promotions.get(evaluationRunId));
    }

    @Override
    public boolean named(String model, String alias, int version) {
        return aliases.containsKey(model + "@" + alias + ":" + version);
    }

    @Override
    public Optional<Deployment> deployment(String model, String alias, int version) {
        return Optional.ofNullable(deployments.get(model + ":" + version));
    }

    private void next() {
        List<String> keys = List.copyOf(waiting.keySet());
        String key = keys.get(random.nextInt(keys.size()));
        Message message = waiting.get(key).removeFirst();
        if (waiting.get(key).isEmpty()) {
            waiting.remove(key);
        }
        deliver(message);
        delivered.add(message);
        if (random.nextInt(3) == 0) {
            deliver(delivered.get(random.nextInt(delivered.size())));
        }
    }

    private void apply(PipelineRun changed) {
        events.addAll(PipelineEvents.following(changed));
        run = new PipelineRun(
                changed.id(), changed.spec(), changed.createdAt(), changed.state(), changed.steps(), List.of());
        for (StepCommands.Command command : StepCommands.following(changed)) {
            commands.add(command.message());
            for (Said said : services.apply(command.message())) {
                String channel = EventCatalog.of(said.message()).topic() + "/" + said.key();
                waiting.computeIfAbsent(channel, name -> new ArrayDeque<>()).add(said.message());
            }
        }
    }
}
