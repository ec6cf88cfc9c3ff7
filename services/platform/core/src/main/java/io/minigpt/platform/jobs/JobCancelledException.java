package io.minigpt.platform.jobs;

/** Somebody asked for the job to be stopped. */
public class JobCancelledException extends RuntimeException {

    JobCancelledException(String reason) {
        super(reason);
    }
}
