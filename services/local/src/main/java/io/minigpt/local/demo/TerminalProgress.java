package io.minigpt.local.demo;

import io.minigpt.local.demo.PipelineRun.Step;
import java.io.PrintStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** One line a step, drawn again in place. */
final class TerminalProgress implements ProgressView {
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final int width;
    private final Map<String, StepRate> rates = new HashMap<>();
    private int drawn;

    /** @param width columns of the terminal: a longer line would wrap, and the next drawing miss its place */
    TerminalProgress(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    @Override
    public void show(PipelineRun run, Instant now) {
        StringBuilder text = new StringBuilder(drawn > 0 ? UP.formatted(drawn) : "");
        for (Step step : run.steps()) {
            StepRate rate = rates.computeIfAbsent(step.name(), name -> new StepRate());
            if (step.isRunning()) {
                rate.observe(now, step.done());
            }
            text.append(CLEAR_LINE)
                    .append(cut(StepLine.withBar(step, rate, now)))
                    .append('\n');
        }
        drawn = run.steps().size();
        out.print(text);
        out.flush();
    }

    private String cut(String line) {
        int columns = 0;
        int end = 0;
        while (end < line.length()) {
            int character = line.codePointAt(end);
            // Chinese characters take two columns
            columns += Character.isIdeographic(character) ? 2 : 1;
            if (columns >= width) {
                return line.substring(0, end);
            }
            end += Character.charCount(character);
        }
        return line;
    }
}
