package io.minigpt.local.demo;

import io.minigpt.local.demo.PipelineRun.Step;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A line when a step begins or ends, and one every few seconds while it goes on: for a file or a pipe. */
final class PlainProgress implements ProgressView {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private record Shown(String state, long done, Instant time) {}

    private final PrintStream out;
    private final Map<String, StepRate> rates = new HashMap<>();
    private final Map<String, Shown> shown = new HashMap<>();

    PlainProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(PipelineRun run, Instant now) {
        for (Step step : run.steps()) {
            StepRate rate = rates.computeIfAbsent(step.name(), name -> new StepRate());
            if (step.isRunning()) {
                rate.observe(now, step.done());
            }
            Shown last = shown.getOrDefault(step.name(), new Shown("pending", 0, Instant.MIN));
            boolean changed = !step.state().equals(last.state());
            boolean moved = step.done() != last.done() && last.time().isBefore(now.minus(INTERVAL));
            if (changed || (step.isRunning() && moved)) {
                out.println(StepLine.plain(step, rate, now));
                shown.put(step.name(), new Shown(step.state(), step.done(), now));
            }
        }
    }
}
