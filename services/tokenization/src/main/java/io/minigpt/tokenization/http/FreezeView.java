package io.minigpt.tokenization.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minigpt.platform.jobs.JobState;
import io.minigpt.tokenization.FreezeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A freeze and how far it is. */
@Schema(name = "FreezeRun")
@JsonInclude(JsonInclude.Include.NON_NULL)
record FreezeView(
        String id,
        String dataset,
        String kind,
        String corpus,

        @Schema(description = "waiting for its inputs, queued, running, succeeded, failed or cancelled")
        String state,

        @Schema(description = "why it failed or was cancelled")
        String reason,

        @Schema(description = "what it waits for") List<WaitingInput> waitingFor,
        long recordsTotal,
        long recordsDone,
        @Schema(description = "the version it ended with") Integer version,
        Instant createdAt,
        Instant finishedAt) {

    /** An input that is not complete yet: how many of its events have arrived of how many. */
    record WaitingInput(String stream, long have, long expected) {}

    static FreezeView of(FreezeState freeze, Optional<JobState> job) {
        return new FreezeView(
                freeze.freeze().runId(),
                freeze.freeze().name(),
                freeze.freeze().purpose().text(),
                freeze.freeze().selection().corpus(),
                freeze.outcome() != null
                        ? freeze.outcome()
                        : job.map(FreezeView::describe).orElse("queued"),
                freeze.outcomeReason(),
                job.orElse(null) instanceof JobState.WaitingForInputs waiting ? inputs(waiting) : null,
                freeze.recordsTotal(),
                freeze.recordsDone(),
                freeze.version(),
                freeze.createdAt(),
                freeze.finishedAt());
    }

    private static String describe(JobState job) {
        return switch (job) {
            case JobState.WaitingForInputs _ -> "waiting";
            case JobState.Queued _ -> "queued";
            case JobState.Leased _ -> "running";
            case JobState.Succeeded _ -> "succeeded";
            case JobState.Failed _ -> "failed";
            case JobState.Cancelled _ -> "cancelled";
        };
    }

    private static List<WaitingInput> inputs(JobState.WaitingForInputs waiting) {
        return waiting.inputs().stream()
                .map(input -> new WaitingInput(
                        input.expected().getStream(),
                        input.have(),
                        input.expected().getRevision()))
                .toList();
    }
}
