package io.minigpt.platform.jobs;

/** The lease ran out and another replica has the job; whatever this one still does must leave no trace. */
public class LeaseLostException extends RuntimeException {

    LeaseLostException(String jobId, long lease) {
        super("lease " + lease + " of job " + jobId + " is lost");
    }
}
