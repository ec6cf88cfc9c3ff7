package io.minigpt.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.local.system.ProcessStatus;
import io.minigpt.local.system.ProcessStatus.Died;
import io.minigpt.local.system.ProcessStatus.Running;
import io.minigpt.local.system.ProcessStatus.Stopped;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTableTest {
    @Test
    void showsEveryProcessAndTheMemoryOfAll() {
        // Given
        List<ProcessStatus> statuses = List.of(
                new ProcessStatus("postgres", 15_432, new Running(17, true, 100L << 20, Duration.ofMinutes(61))),
                new ProcessStatus("corpus", 8081, new Running(23, false, 50L << 20, Duration.ofSeconds(5))),
                new ProcessStatus("inference", 8088, new Died()),
                new ProcessStatus("console", 8080, new Stopped()));

        // When
        List<String> lines = new StatusTable(statuses).lines();

        // Then
        assertThat(lines)
                .containsExactly(
                        "NAME                       PID   PORT  STATE    HEALTH       MEMORY    UPTIME",
                        "postgres                    17  15432  running  ready       100 MiB   1:01:00",
                        "corpus                      23   8081  running  not ready    50 MiB   0:00:05",
                        "inference                    -   8088  died     -                 -         -",
                        "console                      -   8080  stopped  -                 -         -",
                        "total                                                       150 MiB");
    }
}
