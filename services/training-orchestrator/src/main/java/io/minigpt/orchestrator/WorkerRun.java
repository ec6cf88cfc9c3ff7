package io.minigpt.orchestrator;

import com.google.protobuf.Message;
import java.time.Instant;

/** A run that a worker does, as far as it is known; messages that have not arrived are empty. */
public interface WorkerRun {

    /** The run. */
    String id();

    /** When it was first heard of. */
    Instant createdAt();

    /** Where it stands. */
    RunState state();

    /** What was asked for; empty if somebody else asked. */
    Message requested();

    /** The newest start. */
    Message started();

    /** Its end. */
    Message finished();

    /** Number of the newest lease heard of; what a lower one says is refused. */
    long lease();
}
