package io.minigpt.inference;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.TokenProbability;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The texts of one call on their way through a model: the model's thread puts their parts in, the caller's thread takes
 * them out. The model never waits for the caller, so a slow caller holds nobody up.
 */
public final class Submission {

    /** What the caller takes out, in its order. */
    public sealed interface Part {

        /** A piece of a text, never empty. @param index which text of the call */
        record Text(int index, String piece) implements Part {}

        /** A token of a text, before its piece, if the call asked for probabilities. @param index which text of the call */
        record Token(int index, TokenProbability token) implements Part {}

        /** A text is complete. @param index which text of the call */
        record End(int index, Generation generation) implements Part {}

        /** There will be no more of any text. */
        record Failure(RuntimeException reason) implements Part {}
    }

    private final ServableVersion version;
    private final List<SubmittedText> texts;
    private final Duration limit;
    private final long deadline;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private volatile boolean cancelled;

    Submission(ServableVersion version, List<GenerationRequest> requests, Duration limit) {
        this.version = version;
        this.limit = limit;
        this.deadline = System.nanoTime() + limit.toNanos();
        this.texts = IntStream.range(0, requests.size())
                .mapToObj(index -> new SubmittedText(this, index, requests.get(index)))
                .toList();
    }

    /** The version that it was given to. */
    public ServableVersion version() {
        return version;
    }

    /** Waits for the next part; if the deadline passes before, that is a failure and all texts are cancelled. */
    public Part next() throws InterruptedException {
        Part part = parts.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (part != null) {
            return part;
        }
        cancel(late());
        return parts.remove();
    }

    /**
     * Ends all texts within a step; nothing happens to those that have ended.
     *
     * @param reason what whoever still waits for it is told
     */
    public void cancel(RuntimeException reason) {
        cancelled = true;
        parts.add(new Part.Failure(reason));
    }

    /** The texts, in the order of the call. */
    List<SubmittedText> texts() {
        return texts;
    }

    /** Whether nobody waits for it any more. */
    boolean abandoned() {
        return cancelled || System.nanoTime() - deadline > 0;
    }

    void put(Part part) {
        parts.add(part);
    }

    DeadlineExceededException late() {
        return new DeadlineExceededException("the answer took longer than " + limit.toSeconds() + " s");
    }
}
