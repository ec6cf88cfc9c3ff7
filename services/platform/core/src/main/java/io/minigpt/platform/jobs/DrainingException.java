package io.minigpt.platform.jobs;

/** The service is about to stop and the job goes back to the queue without counting as a failure. */
public class DrainingException extends RuntimeException {

    DrainingException() {
        super("the service is stopping");
    }
}
