package io.minigpt.teacher.http;

import io.minigpt.platform.jobs.JobState;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An input of which not everything has arrived. */
@Schema(name = "Input")
public record WaitingInput(String stream, long have, long expected) {

    /** What a job waits for. */
    public static List<WaitingInput> of(JobState state) {
        if (!(state instanceof JobState.WaitingForInputs(List<JobState.Input> inputs))) {
            return List.of();
        }
        return inputs.stream()
                .map(input -> new WaitingInput(
                        input.expected().getStream(),
                        input.have(),
                        input.expected().getRevision()))
                .toList();
    }
}
