package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.minigpt.platform.testkit.Eventually;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TracesTest {

    private final Log log = new Log();

    @Test
    void aTraceIsFoundBeforeAndAfterItIsWritten() throws Exception {
        Traces traces = traces(Map.of());
        Trace trace = trace("a");

        traces.keep(List.of(trace));
        assertThat(traces.find("a")).containsExactly(trace);

        traces.start(new StartupEvent());
        traces.stop(new ShutdownEvent());
        assertThat(log.kept).containsExactly(trace);
        assertThat(traces.find("a")).containsExactly(trace);
    }

    @Test
    void whatTheDatabaseCannotTakeNowItTakesLater() throws Exception {
        Traces traces = traces(Map.of());
        log.away = true;
        traces.start(new StartupEvent());

        traces.keep(List.of(trace("a")));
        Eventually.get(log.refused::get, refused -> refused > 0);
        assertThat(traces.find("a")).hasSize(1);
        log.away = false;

        Eventually.get(() -> log.kept, kept -> kept.size() == 1);
        traces.stop(new ShutdownEvent());
    }

    @Test
    void nothingIsKeptIfThatIsSwitchedOffAndOldOnesAreForgotten() throws Exception {
        Traces traces = traces(Map.of("traces.enabled", "false", "traces.lifetime", "1h"));

        traces.keep(List.of(trace("a")));
        traces.start(new StartupEvent());
        Instant before = Eventually.get(() -> log.forgottenBefore, time -> time.isAfter(Instant.EPOCH));
        traces.stop(new ShutdownEvent());

        assertThat(traces.find("a")).isEmpty();
        assertThat(Duration.between(before, Instant.now())).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(62));
    }

    private Traces traces(Map<String, String> settings) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(InferenceConfig.class)
                .withDefaultValue("minigpt.inference.replica", "test");
        settings.forEach((key, value) -> config.withDefaultValue("minigpt.inference." + key, value));
        return new Traces(log, config.build().getConfigMapping(InferenceConfig.class), new SimpleMeterRegistry());
    }

    private static Trace trace(String id) {
        return new Trace(id, 0, new VersionId("samples", 1), "q", "a", 0, 1, "length", Instant.EPOCH);
    }

    private static final class Log implements TraceLog {

        private final List<Trace> kept = new CopyOnWriteArrayList<>();
        private volatile boolean away;
        private final AtomicInteger refused = new AtomicInteger();
        private volatile Instant forgottenBefore = Instant.EPOCH;

        @Override
        public void add(List<Trace> traces) {
            if (away) {
                refused.incrementAndGet();
                throw new IllegalStateException("the database is away");
            }
            kept.addAll(traces);
        }

        @Override
        public List<Trace> find(String id) {
            return kept.stream().filter(trace -> trace.id().equals(id)).toList();
        }

        @Override
        public int forget(Instant before) {
            forgottenBefore = before;
            return 0;
        }
    }
}
