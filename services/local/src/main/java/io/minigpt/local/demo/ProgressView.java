package io.minigpt.local.demo;

import java.time.Instant;

/** Shows how a run goes on. */
sealed interface ProgressView permits TerminalProgress, PlainProgress {

    /** Shows the run as it was at {@code now}. */
    void show(PipelineRun run, Instant now);
}
