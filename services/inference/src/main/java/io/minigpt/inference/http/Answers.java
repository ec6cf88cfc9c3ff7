package io.minigpt.inference.http;

import io.minigpt.gpt.Generation;
import io.minigpt.inference.Deployments;
import io.minigpt.inference.ModelReference;
import io.minigpt.inference.Submission;
import io.minigpt.inference.Submission.Part;
import io.minigpt.inference.Traces;
import io.minigpt.inference.VersionId;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Has texts generated and answers with them, whole or as a stream; a caller that goes away ends them. */
@ApplicationScoped
class Answers {

    private final Deployments deployments;
    private final EventStreams streams;
    private final Traces traces;
    private final Callers callers;

    Answers(Deployments deployments, EventStreams streams, Traces traces, Callers callers) {
        this.traces = traces;
        this.deployments = deployments;
        this.streams = streams;
        this.callers = callers;
    }

    /**
     * Answers a request.
     *
     * @param form how to answer for a version
     */
    Response answer(ModelReference model, Call call, Function<VersionId, AnswerFormat> form, RoutingContext caller)
            throws InterruptedException {
        Submission submission = deployments.submit(model, call.requests(), Callers.name(caller.request()));
        callers.cancelWithout(caller, List.of(submission));
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
}
