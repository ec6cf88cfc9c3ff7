package io.minigpt.gpt;

/** A generation whose result somebody waits for, possibly on another thread than the one that computes it. */
final class AwaitedGeneration implements GenerationListener {
    private final GenerationRequest request;
    private final GenerationListener listener;
    private volatile Generation generation;
    private volatile RuntimeException reason;
    private volatile boolean cancelled;

    AwaitedGeneration(GenerationRequest request, GenerationListener listener) {
        this.request = request;
        this.listener = listener;
    }

    GenerationRequest request() {
        return request;
    }

    void joinIn(GenerationBatch batch) {
        try {
            batch.add(request, this);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    boolean ended() {
        return generation != null || reason != null;
    }

    /** Its result, if it has ended. @throws RuntimeException if it has failed, with the reason of that */
    Generation result() {
        if (reason != null) {
            throw reason;
        }
        return generation;
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public void text(String piece) {
        listener.text(piece);
    }

    @Override
    public void token(TokenProbability token) {
        listener.token(token);
    }

    @Override
    public void finished(Generation finished) {
        try {
            listener.finished(finished);
        } finally {
            generation = finished;
        }
    }

    @Override
    public void failed(RuntimeException failure) {
        try {
            listener.failed(failure);
        } finally {
            reason = failure;
        }
    }

    @Override
    public boolean cancelled() {
        return cancelled || listener.cancelled();
    }
}
