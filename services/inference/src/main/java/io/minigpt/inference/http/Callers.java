package io.minigpt.inference.http;

import io.minigpt.inference.CallerGoneException;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.Submission;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who calls, and whether they are still there. */
@ApplicationScoped
class Callers {

    /** How long after the deadline of its texts a caller may still read them. */
    private static final Duration READING = Duration.ofSeconds(30);

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final Duration limit;

    Callers(InferenceConfig config) {
        this.limit = config.deadline().plus(READING);
    }

    /** Whose call it is: who has the key or, without one, who has the address. */
    static String name(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .or(() -> Optional.ofNullable(request.getHeader(FORWARDED_FOR)))
                .orElseGet(() -> request.remoteAddress().hostAddress());
    }

    /** Cancels what a caller waits for when it goes away, and sends away one that does not read. */
    void cancelWithout(RoutingContext caller, List<Submission> submissions) {
        Runnable cancel = () -> submissions.forEach(submission -> submission.cancel(new CallerGoneException()));
        long timer = caller.vertx()
                .setTimer(limit.toMillis(), id -> caller.request().connection().close());
        caller.addEndHandler(ended -> {
            caller.vertx().cancelTimer(timer);
            cancel.run();
        });
        if (caller.response().closed()) {
            cancel.run();
        }
    }
}
