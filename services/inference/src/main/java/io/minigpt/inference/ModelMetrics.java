package io.minigpt.inference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.minigpt.gpt.Generation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is measured of a version in memory. Names and buckets of times and tokens are those of OpenTelemetry's semantic
 * conventions for generative AI (gen_ai.server.*, gen_ai.client.token.usage), which know no queue and no batch.
 */
final class ModelMetrics implements AutoCloseable {

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();
    private final Timer firstToken;
    private final Timer eachToken;
    private final Timer whole;
    private final Counter read;
    private final Counter written;

    /**
     * @param waiting texts that wait for room now
     * @param running texts that are being continued now
     */
    ModelMetrics(MeterRegistry registry, VersionId version, Supplier<Number> waiting, Supplier<Number> running) {
        this.registry = registry;
        this.tags = Tags.of("gen_ai.request.model", version.model(), "gen_ai.response.model", version.toString());
        firstToken = timer(
                "gen_ai.server.time_to_first_token",
                1,
                5,
                10,
                20,
                40,
                60,
                80,
                100,
                250,
                500,
                750,
                1000,
                2500,
                5000,
                7500,
                10_000);
        eachToken = timer(
                "gen_ai.server.time_per_output_token", 10, 25, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1000, 2500);
        whole = timer(
                "gen_ai.server.request.duration",
                10,
                20,
                40,
                80,
                160,
                320,
                640,
                1280,
                2560,
                5120,
                10_240,
                20_480,
                40_960,
                81_920);
        read = tokens("input");
        written = tokens("output");
        meters.add(Gauge.builder("minigpt.inference.queue.size", waiting)
                .description("texts that wait for room")
                .tags(tags)
                .register(registry));
        meters.add(Gauge.builder("minigpt.inference.batch.size", running)
                .description("texts that are continued together")
                .tags(tags)
                .register(registry));
    }

    /**
     * A text is complete.
     *
     * @param toFirst from its arrival to its first piece
     * @param all from its arrival to its end
     */
    void ended(Generation text, Duration toFirst, Duration all) {
        firstToken.record(toFirst);
        whole.record(all);
        int tokens = text.tokens().size();
        if (tokens > 1) {
            eachToken.record(all.minus(toFirst).dividedBy(tokens - 1));
        }
        read.increment(text.promptTokens());
        written.increment(tokens);
    }

    /** Takes the version's figures out of what is published. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private Timer timer(String name, long... bucketMillis) {
        Timer timer = Timer.builder(name)
                .tags(tags)
                .tag("gen_ai.operation.name", "text_completion")
                .serviceLevelObjectives(
                        Arrays.stream(bucketMillis).mapToObj(Duration::ofMillis).toArray(Duration[]::new))
                .register(registry);
        meters.add(timer);
        return timer;
    }

    private Counter tokens(String type) {
        Counter counter = Counter.builder("gen_ai.client.token.usage")
                .tags(tags)
                .tag("gen_ai.token.type", type)
                .register(registry);
        meters.add(counter);
        return counter;
    }
}
