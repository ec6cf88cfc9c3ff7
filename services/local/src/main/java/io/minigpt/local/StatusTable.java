package io.minigpt.local;

import io.minigpt.local.system.ProcessStatus;
import io.minigpt.local.system.ProcessStatus.Died;
import io.minigpt.local.system.ProcessStatus.Running;
import io.minigpt.local.system.ProcessStatus.Stopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The states of all processes as lines of text. */
final class StatusTable {
    private static final String ROW = "%-22s %7s %6s  %-8s %-10s %8s %9s";
    private static final long MIB = 1L << 20;

    private final List<ProcessStatus> statuses;

    StatusTable(List<ProcessStatus> statuses) {
        this.statuses = statuses;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(row("NAME", "PID", "PORT", "STATE", "HEALTH", "MEMORY", "UPTIME"));
        long total = 0;
        for (ProcessStatus status : statuses) {
            lines.add(line(status));
            if (status.state() instanceof Running running) {
                total += running.memoryBytes();
            }
        }
        lines.add(row("total", "", "", "", "", mebibytes(total), ""));
        return lines;
    }

    private static String line(ProcessStatus status) {
        String port = Integer.toString(status.port());
        return switch (status.state()) {
            case Stopped stopped -> row(status.name(), "-", port, "stopped", "-", "-", "-");
            case Died died -> row(status.name(), "-", port, "died", "-", "-", "-");
            case Running running ->
                row(
                        status.name(),
                        Long.toString(running.pid()),
                        port,
                        "running",
                        running.ready() ? "ready" : "not ready",
                        mebibytes(running.memoryBytes()),
                        uptime(running.uptime()));
        };
    }

    private static String row(String... cells) {
        return String.format(Locale.ROOT, ROW, (Object[]) cells).stripTrailing();
    }

    private static String mebibytes(long bytes) {
        return bytes / MIB + " MiB";
    }

    private static String uptime(Duration time) {
        return "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
