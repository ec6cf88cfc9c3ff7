package io.minigpt.inference.http;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.inference.Admission;
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
     * @param calls its texts, for a template of prompts
     * @param form how to answer for a version
     */
    Response answer(
            ModelReference model,
            Function<PairTemplate, Call> calls,
            Function<VersionId, AnswerFormat> form,
            RoutingContext caller)
            throws InterruptedException {
        // the version that takes it is known late, and rarely has another template than that which is meant now
        PairTemplate expected = deployments.resolve(model).template();
        Call call = calls.apply(expected);
        Admission admission = KeyCheck.account(caller).admit(call.requests().size(), call.mostTokens());
        Submission submission = admission.begin(() -> deployments.submit(
                model,
                version -> version.template().equals(expected)
                        ? call.requests()
                        : calls.apply(version.template()).requests(),
                admission.account().name()));
        callers.cancelWithout(caller, List.of(submission), admission);
        AnswerFormat format = form.apply(submission.version().id());
        return call.stream().wanted()
                ? streamed(submission, call, new MeteredFormat(format, call.requests(), admission))
                : whole(submission, call, admission, format);
    }

    private Response whole(Submission submission, Call call, Admission admission, AnswerFormat format)
            throws InterruptedException {
        List<Generation> all = new WholeTexts(call).await(submission);
        Usage usage = call.usage(all);
        admission.used(usage.totalTokens());
        List<Integer> chosen = call.chosen(all);
        List<Generation> answers =
                chosen.stream().map(index -> call.answer(all.get(index))).toList();
        traces.keep(call.only(chosen).traces(format.id(), submission.version().id(), answers));
        return Response.ok(format.whole(answers, usage))
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
