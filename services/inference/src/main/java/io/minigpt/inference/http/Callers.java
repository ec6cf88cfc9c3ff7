package io.minigpt.inference.http;

import io.minigpt.inference.Admission;
import io.minigpt.inference.CallerGoneException;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.Submission;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Whether callers are still there. */
@ApplicationScoped
class Callers {

    private final Duration limit;

    Callers(InferenceConfig config) {
        this.limit = config.deadline().plus(config.reading());
    }

    /**
     * Cancels what a caller waits for when it goes away, and sends away one that does not read.
     *
     * @param admission ends with the call
     */
    void cancelWithout(RoutingContext caller, List<Submission> submissions, Admission admission) {
        Runnable cancel = () -> {
            submissions.forEach(submission -> submission.cancel(new CallerGoneException()));
            admission.end();
        };
        long timer = caller.vertx()
                .setTimer(limit.toMillis(), id -> cut(caller.request().connection()));
        caller.addEndHandler(ended -> {
            caller.vertx().cancelTimer(timer);
            cancel.run();
        });
        if (caller.response().closed()) {
            cancel.run();
        }
    }

    /** Closes a connection at once, past Vert.x, which would wait until its caller has read what was written. */
    private static void cut(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase open)) {
            throw new IllegalStateException("a connection of the unknown type " + connection.getClass());
        }
        open.channelHandlerContext().close();
    }
}
