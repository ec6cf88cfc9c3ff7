package io.minigpt.platform.jobs;

import io.minigpt.proto.event.v1.StreamRevision;
import java.util.List;

/** Where a job stands. */
public sealed interface JobState {

    /** Not all of its inputs have arrived. @param inputs what is missing, with what is there */
    record WaitingForInputs(List<Input> inputs) implements JobState {}

    /** Ready for a replica. */
    record Queued() implements JobState {}

    /** A replica works on it. */
    record Leased(String owner, long lease) implements JobState {}

    record Succeeded() implements JobState {}

    record Failed(String reason) implements JobState {}

    record Cancelled(String reason) implements JobState {}

    /** An input with how much of it has arrived. */
    record Input(StreamRevision expected, long have) {}
}
