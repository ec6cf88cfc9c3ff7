package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.inference.CallerGoneException;
import io.minigpt.inference.Generation;
import io.minigpt.inference.Generation.Part;
import io.minigpt.inference.GenerationResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes answers as server-sent events: one JSON object each, flushed at once, then {@code [DONE]}. An error after the
 * beginning is an event too.
 */
@ApplicationScoped
class EventStreams {

    private static final byte[] PREFIX = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ObjectMapper json;

    EventStreams(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Writes the texts one after the other.
     *
     * @param first what was taken out of the first generation already
     */
    void write(OutputStream out, Part first, List<Generation> generations, AnswerFormat format, boolean usageWanted)
            throws IOException {
        try {
            List<GenerationResult> results = new ArrayList<>();
            Optional<Part> taken = Optional.of(first);
            for (int index = 0; index < generations.size(); index++) {
                results.add(text(out, index, taken, generations.get(index), format));
                taken = Optional.empty();
            }
            if (usageWanted) {
                send(out, format.usage(Usage.of(results)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the model");
        } catch (CallerGoneException e) {
            return;
        } catch (RuntimeException e) {
            send(out, OpenAiErrors.of(e).error());
        } catch (IOException e) {
            generations.forEach(generation -> generation.cancel(new CallerGoneException()));
            return;
        }
        out.write(DONE);
        out.flush();
    }

    private GenerationResult text(
            OutputStream out, int index, Optional<Part> taken, Generation generation, AnswerFormat format)
            throws IOException, InterruptedException {
        Optional<Object> beginning = format.first(index);
        if (beginning.isPresent()) {
            send(out, beginning.get());
        }
        Part part = taken.isPresent() ? taken.get() : generation.next();
        while (true) {
            switch (part) {
                case Part.Text(String piece) -> send(out, format.piece(index, piece));
                case Part.End(GenerationResult result) -> {
                    send(out, format.last(index, result));
                    return result;
                }
                case Part.Failure(RuntimeException reason) -> throw reason;
            }
            part = generation.next();
        }
    }

    private void send(OutputStream out, Object chunk) throws IOException {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.write(PREFIX);
        event.write(json.writeValueAsBytes(chunk));
        event.write(END);
        out.write(event.toByteArray());
        out.flush();
    }
}
