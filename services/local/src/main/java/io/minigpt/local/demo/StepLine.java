package io.minigpt.local.demo;

import io.minigpt.local.demo.PipelineRun.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The line that shows how far a step is. */
final class StepLine {
    private static final int BAR_WIDTH = 20;

    private StepLine() {}

    /** With a bar that fills up, for a line that is drawn again and again. */
    static String withBar(Step step, StepRate rate, Instant now) {
        String bar = step.isRunning() ? bar(step) : " ".repeat(BAR_WIDTH);
        return String.format("%s %-18s %s  %s", mark(step), step.name(), bar, figures(step, rate, now))
                .stripTrailing();
    }

    /** In words only, for a line that stays. */
    static String plain(Step step, StepRate rate, Instant now) {
        return String.format("%-18s %-9s  %s", step.name(), step.state(), figures(step, rate, now))
                .stripTrailing();
    }

    private static String figures(Step step, StepRate rate, Instant now) {
        List<String> parts = new ArrayList<>();
        if (step.total() > 0) {
            parts.add(String.format(Locale.ROOT, "%,d/%,d %s", step.done(), step.total(), step.unit()));
        } else if (step.done() > 0) {
            parts.add(String.format(Locale.ROOT, "%,d %s", step.done(), step.unit()));
        }
        if (step.isRunning()) {
            rate.perSecond().ifPresent(speed -> parts.add(String.format(Locale.ROOT, "%.1f/s", speed)));
            Duration left = rate.left(step.total());
            if (left != null) {
                parts.add(clock(left) + " left");
            }
        } else if (step.startedAt() != null) {
            Instant end = step.finishedAt() == null ? now : step.finishedAt();
            parts.add("in " + clock(Duration.between(step.startedAt(), end)));
        }
        String details = StepDetails.text(step);
        if (!details.isEmpty()) {
            parts.add(details);
        }
        if (step.reason() != null) {
            parts.add(step.reason());
        }
        return String.join("  ", parts);
    }

    static String clock(Duration time) {
        return time.toHours() > 0
                ? "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }

    private static String bar(Step step) {
        long total = Math.max(1, step.total());
        long done = Math.clamp(step.done(), 0, total);
        int filled = Math.toIntExact(done * BAR_WIDTH / total);
        return "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
    }

    private static String mark(Step step) {
        return switch (step.state()) {
            case "running" -> "▸";
            case "succeeded" -> "✓";
            case "failed" -> "✗";
            case "cancelled" -> "–";
            default -> "·";
        };
    }
}
