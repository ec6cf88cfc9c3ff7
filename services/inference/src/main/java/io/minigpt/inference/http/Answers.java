package io.minigpt.inference.http;

import io.minigpt.inference.CallerGoneException;
import io.minigpt.inference.Deployments;
import io.minigpt.inference.Generation;
import io.minigpt.inference.Generation.Part;
import io.minigpt.inference.GenerationRequest;
import io.minigpt.inference.GenerationResult;
import io.minigpt.inference.ModelReference;
import io.minigpt.inference.VersionId;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Has texts generated and answers with them, whole or as a stream; a caller that goes away ends them. */
@ApplicationScoped
class Answers {

    private final Deployments deployments;
    private final EventStreams streams;

    Answers(Deployments deployments, EventStreams streams) {
        this.deployments = deployments;
        this.streams = streams;
    }

    /**
     * Answers a request.
     *
     * @param requests one for each text
     * @param form how to answer for a version
     */
    Response answer(
            ModelReference model,
            List<GenerationRequest> requests,
            SamplingBody body,
            Function<VersionId, AnswerFormat> form,
            RoutingContext caller)
            throws InterruptedException {
        Deployments.Submitted submitted = deployments.submit(model, requests);
        List<Generation> generations = submitted.generations();
        cancelWithout(caller, generations);
        AnswerFormat format = form.apply(submitted.version().id());
        return body.streamed() ? streamed(generations, format, body.usageWanted()) : whole(generations, format);
    }

    private Response whole(List<Generation> generations, AnswerFormat format) throws InterruptedException {
        List<AnswerFormat.Text> texts = new ArrayList<>();
        for (Generation generation : generations) {
            texts.add(collect(generation));
        }
        List<GenerationResult> results =
                texts.stream().map(AnswerFormat.Text::result).toList();
        return Response.ok(format.whole(texts, Usage.of(results)), MediaType.APPLICATION_JSON)
                .build();
    }

    private Response streamed(List<Generation> generations, AnswerFormat format, boolean usageWanted)
            throws InterruptedException {
        // a failure before the first token is still an error status
        Part first = generations.getFirst().next();
        if (first instanceof Part.Failure(RuntimeException reason)) {
            throw reason;
        }
        StreamingOutput stream = out -> streams.write(out, first, generations, format, usageWanted);
        return Response.ok(stream, MediaType.SERVER_SENT_EVENTS)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    private static AnswerFormat.Text collect(Generation generation) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (generation.next()) {
                case Part.Text(String piece) -> text.append(piece);
                case Part.End(GenerationResult result) -> {
                    return new AnswerFormat.Text(text.toString(), result);
                }
                case Part.Failure(RuntimeException reason) -> throw reason;
            }
        }
    }

    private static void cancelWithout(RoutingContext caller, List<Generation> generations) {
        Runnable cancel = () -> generations.forEach(generation -> generation.cancel(new CallerGoneException()));
        caller.addEndHandler(ended -> cancel.run());
        if (caller.response().closed()) {
            cancel.run();
        }
    }
}
