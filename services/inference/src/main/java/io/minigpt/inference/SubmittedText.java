package io.minigpt.inference;

import io.minigpt.gpt.FinishReason;
import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationListener;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.TokenProbability;
import io.minigpt.inference.Submission.Part;
import java.time.Duration;
import java.util.Optional;

/** One text of a call; what becomes of it goes to the call's submission. */
final class SubmittedText implements GenerationListener {

    private final Submission submission;
    private final int index;
    private final GenerationRequest request;
    private final long arrivedAt = System.nanoTime();
    private long begunAt;
    private long firstAt;
    private Optional<Generation> complete = Optional.empty();
    private boolean ended;

    SubmittedText(Submission submission, int index, GenerationRequest request) {
        this.submission = submission;
        this.index = index;
        this.request = request;
    }

    GenerationRequest request() {
        return request;
    }

    /** It has room now. */
    void begin() {
        begunAt = System.nanoTime();
    }

    Duration sinceItBegan() {
        return Duration.ofNanos(System.nanoTime() - begunAt);
    }

    /** Whether the model is done with it; known to the model's thread alone. */
    boolean ended() {
        return ended;
    }

    /** Ends the whole call. */
    void cancel(RuntimeException reason) {
        submission.cancel(reason);
    }

    /** Tells how long it took, if it is complete. */
    void report(ModelMetrics metrics) {
        complete.ifPresent(generation -> {
            long now = System.nanoTime();
            Duration all = Duration.ofNanos(now - arrivedAt);
            metrics.ended(generation, firstAt == 0 ? all : Duration.ofNanos(firstAt - arrivedAt), all);
        });
    }

    @Override
    public void text(String piece) {
        firstAt = firstAt == 0 ? System.nanoTime() : firstAt;
        submission.put(new Part.Text(index, piece));
    }

    @Override
    public void token(TokenProbability token) {
        submission.put(new Part.Token(index, token));
    }

    @Override
    public void finished(Generation generation) {
        ended = true;
        if (generation.finishReason() == FinishReason.CANCELLED) {
            // whoever else cancelled it has said why before
            submission.cancel(submission.late());
        } else {
            complete = Optional.of(generation);
            submission.put(new Part.End(index, generation));
        }
    }

    @Override
    public void failed(RuntimeException reason) {
        ended = true;
        submission.cancel(reason);
    }

    @Override
    public boolean cancelled() {
        return submission.abandoned();
    }
}
