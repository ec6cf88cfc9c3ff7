package io.minigpt.orchestrator;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One attempt at a step; its text form {@code <pipeline>-<step>-<attempt>} is the run id in the service that does it.
 *
 * @param pipeline id of the pipeline run
 * @param step the step
 * @param attempt from 1
 */
public record StepRun(String pipeline, StepName step, int attempt) {

    private static final Pattern FORM = Pattern.compile(Arrays.stream(StepName.values())
            .map(StepName::label)
            .collect(Collectors.joining("|", "(.+)-(", ")-([1-9][0-9]{0,8})")));

    /** Reads a run id; empty for a run that belongs to no pipeline. */
    public static Optional<StepRun> parse(String runId) {
        Matcher matcher = FORM.matcher(runId);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return StepName.labelled(matcher.group(2))
                .map(step -> new StepRun(matcher.group(1), step, Integer.parseInt(matcher.group(3))));
    }

    /** The run id. */
    public String id() {
        return pipeline + "-" + step.label() + "-" + attempt;
    }
}
