package io.minigpt.inference;

import io.minigpt.inference.LanguageModel.TextSink;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A request on its way through a model: the model's thread puts the text in, the caller's thread takes it out. The model
 * never waits for the caller, so a slow caller holds nobody up.
 */
public final class Generation {

    /** What the caller takes out, in its order: texts, then one end. */
    public sealed interface Part {

        /** A piece of the text, never empty. */
        record Text(String piece) implements Part {}

        /** The text is complete. */
        record End(GenerationResult result) implements Part {}

        /** There will be no more. */
        record Failure(RuntimeException reason) implements Part {}
    }

    private final GenerationRequest request;
    private final Duration limit;
    private final long deadline;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private volatile boolean cancelled;

    Generation(GenerationRequest request, Duration limit) {
        this.request = request;
        this.limit = limit;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** Waits for the next part; if the deadline passes before, that is a failure and the generation is cancelled. */
    public Part next() throws InterruptedException {
        Part part = parts.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (part != null) {
            return part;
        }
        cancel(late());
        return parts.remove();
    }

    /**
     * Ends it within a token; nothing happens if it has ended.
     *
     * @param reason what whoever still waits for it is told
     */
    public void cancel(RuntimeException reason) {
        cancelled = true;
        parts.add(new Part.Failure(reason));
    }

    /** Whether nobody waits for it any more. */
    boolean abandoned() {
        return cancelled || System.nanoTime() - deadline > 0;
    }

    /** Generates on the calling thread. */
    void run(LanguageModel model) {
        try {
            GenerationResult result = model.generate(request, new TextSink() {
                @Override
                public void text(String piece) {
                    parts.add(new Part.Text(piece));
                }

                @Override
                public boolean closed() {
                    return abandoned();
                }
            });
            if (result.reason() == FinishReason.CANCELLED) {
                // whoever else cancelled it has said why before
                cancel(late());
            } else {
                parts.add(new Part.End(result));
            }
        } catch (RuntimeException e) {
            cancel(e);
        } catch (LinkageError | StackOverflowError e) {
            cancel(new IllegalStateException("the model failed: " + e, e));
        }
    }

    private DeadlineExceededException late() {
        return new DeadlineExceededException("the answer took longer than " + limit.toSeconds() + " s");
    }
}
