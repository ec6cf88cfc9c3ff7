package io.minigpt.teacher.run;

import io.minigpt.platform.jobs.JobState;

/**
 * A run as it is shown.
 *
 * @param run the run
 * @param counts what it has done so far
 * @param beginning where the job that begins it stands; null if it never had one
 */
public record RunView<S>(Run<S> run, Counts counts, JobState beginning) {}
