package io.minigpt.inference.http;

import io.minigpt.gpt.Generation;
import io.minigpt.inference.CallerGoneException;
import io.minigpt.inference.Deployments;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.ModelReference;
import io.minigpt.inference.Submission;
import io.minigpt.inference.Submission.Part;
import io.minigpt.inference.Traces;
import io.minigpt.inference.VersionId;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Has texts generated and answers with them, whole or as a stream; a caller that goes away ends them. */
@ApplicationScoped
class Answers {

    /** How long after the deadline of its texts a caller may still read them. */
    private static final Duration READING = Duration.ofSeconds(30);

    private final Deployments deployments;
    private final EventStreams streams;
    private final Traces traces;
    private final Duration limit;

    Answers(Deployments deployments, EventStreams streams, Traces traces, InferenceConfig config) {
        this.traces = traces;
        this.deployments = deployments;
        this.streams = streams;
        this.limit = config.deadline().plus(READING);
    }

    /**
     * Answers a request.
     *
     * @param form how to answer for a version
     */
    Response answer(ModelReference model, Call call, Function<VersionId, AnswerFormat> form, RoutingContext caller)
            throws InterruptedException {
        Submission submission = deployments.submit(model, call.requests(), name(caller.request()));
        cancelWithout(caller, submission);
        AnswerFormat format = form.apply(submission.version().id());
        return call.stream().wanted() ? streamed(submission, call, format) : whole(submission, call, format);
    }

    private Response whole(Submission submission, Call call, AnswerFormat format) throws InterruptedException {
        Generation[] texts = new Generation[call.requests().size()];
        int missing = texts.length;
        while (missing > 0) {
            switch (submission.next()) {
                case Part.Text text -> {
                    // its end has all of it
                }
                case Part.Token token -> {
                    // so it is with these
                }
                case Part.End(int index, Generation text) -> {
                    texts[index] = text;
                    missing--;
                }
                case Part.Failure(RuntimeException reason) -> throw reason;
            }
        }
        List<Generation> all = Arrays.asList(texts);
        traces.keep(call.traces(format.id(), submission.version().id(), all));
        return Response.ok(format.whole(all, call.usage(all)))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }

    private Response streamed(Submission submission, Call call, AnswerFormat format) throws InterruptedException {
        // a failure before the first token is still an error status
        Part first = submission.next();
        if (first instanceof Part.Failure(RuntimeException reason)) {
            throw reason;
        }
        StreamingOutput stream = out -> streams.write(out, first, submission, call, format);
        return Response.ok(stream, MediaType.SERVER_SENT_EVENTS)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    /** Whose call it is: who has the key or, without one, who has the address. */
    private static String name(HttpServerRequest request) {
        String key = request.getHeader(HttpHeaders.AUTHORIZATION);
        return Objects.requireNonNullElseGet(key, () -> request.remoteAddress().hostAddress());
    }

    private void cancelWithout(RoutingContext caller, Submission submission) {
        Runnable cancel = () -> submission.cancel(new CallerGoneException());
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
