package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.gpt.Generation;
import io.minigpt.gpt.TokenProbability;
import io.minigpt.inference.CallerGoneException;
import io.minigpt.inference.Submission;
import io.minigpt.inference.Submission.Part;
import io.minigpt.inference.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes answers as server-sent events: one JSON object each, flushed at once, then {@code [DONE]}. An error after the
 * beginning is an event too.
 */
@ApplicationScoped
class EventStreams {

    private static final byte[] PREFIX = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Traces traces;
    private final ObjectMapper json;

    EventStreams(Traces traces, ObjectMapper json) {
        this.traces = traces;
        this.json = json;
    }

    /**
     * Writes the texts as they come, pieces of one between those of another.
     *
     * @param first what was taken out of the submission already
     */
    void write(OutputStream out, Part first, Submission submission, Call call, AnswerFormat format) throws IOException {
        try {
            List<Generation> texts = texts(out, first, submission, call, format);
            traces.keep(call.traces(format.id(), submission.version().id(), texts));
            if (call.stream().usage()) {
                send(out, format.usage(call.usage(texts)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the model");
        } catch (CallerGoneException e) {
            return;
        } catch (RuntimeException e) {
            submission.cancel(e);
            send(out, OpenAiErrors.of(e).error());
        } catch (IOException e) {
            submission.cancel(new CallerGoneException());
            return;
        }
        done(out);
    }

    /** Ends a stream. */
    void done(OutputStream out) throws IOException {
        out.write(DONE);
        out.flush();
    }

    private List<Generation> texts(OutputStream out, Part first, Submission submission, Call call, AnswerFormat format)
            throws IOException, InterruptedException {
        int count = call.requests().size();
        Generation[] texts = new Generation[count];
        List<List<TokenProbability>> tokens = Stream.generate(
                        () -> (List<TokenProbability>) new ArrayList<TokenProbability>())
                .limit(count)
                .toList();
        for (int index = 0; index < count; index++) {
            Optional<Object> beginning = format.first(index);
            if (beginning.isPresent()) {
                send(out, beginning.get());
            }
        }
        Part part = first;
        for (int missing = count; missing > 0; ) {
            switch (part) {
                case Part.Token(int index, TokenProbability token) ->
                    tokens.get(index).add(token);
                case Part.Text(int index, String piece) -> {
                    send(out, format.piece(index, piece, tokens.get(index)));
                    tokens.get(index).clear();
                }
                case Part.End(int index, Generation text) -> {
                    send(out, format.last(index, text, tokens.get(index)));
                    texts[index] = text;
                    missing--;
                }
                case Part.Failure(RuntimeException reason) -> throw reason;
            }
            if (missing > 0) {
                part = submission.next();
            }
        }
        return Arrays.asList(texts);
    }

    /** Writes one event. */
    void send(OutputStream out, Object chunk) throws IOException {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.write(PREFIX);
        event.write(json.writeValueAsBytes(chunk));
        event.write(END);
        out.write(event.toByteArray());
        out.flush();
    }
}
