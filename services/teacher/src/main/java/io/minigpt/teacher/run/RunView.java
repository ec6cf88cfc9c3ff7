package io.minigpt.teacher.run;

import io.minigpt.platform.jobs.JobState;
import io.minigpt.teacher.Breaker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as it is shown.
 *
 * @param run the run
 * @param counts what it has done so far
 * @param beginning where the job that begins it stands; null if it never had one
 * @param teacherPause the pause of the teacher of a run that is running, if it is paused after failures
 */
public record RunView<S>(Run<S> run, Counts counts, JobState beginning, Optional<Breaker.Pause> teacherPause) {

    /** Time that it will still take at the speed so far; empty unless it is running and something was done. */
    public Optional<Duration> remaining(Instant now) {
        long done = counts.ended() - counts.reused();
        if (!(run.state() instanceof RunState.Running) || done == 0) {
            return Optional.empty();
        }
        double each = (double) run.times().active(now).toMillis() / done;
        return Optional.of(Duration.ofMillis(Math.round(each * counts.pending())));
    }
}
