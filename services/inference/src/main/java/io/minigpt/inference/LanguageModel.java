package io.minigpt.inference;

import io.minigpt.gpt.GenerationListener;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.text.PairTemplate;
import java.util.concurrent.Executor;

/** A loaded model that continues several texts together. Only its thread uses it, and calls the listeners. */
public interface LanguageModel extends AutoCloseable {

    /** Runs work on the one thread that uses it, in order; models that share a device may share the thread. */
    Executor thread();

    /** The number of tokens that it sees, prompt and text together. */
    int context();

    /** How a question becomes a prompt for it. */
    PairTemplate template();

    /** Whether {@link #begin} has room for a text now. */
    boolean hasRoom(GenerationRequest request);

    /** Begins a text; the next steps continue it until its listener has heard how it ended. */
    void begin(GenerationRequest request, GenerationListener listener);

    /** Reads a part of the prompts and continues every text whose prompt is read by a token. */
    void step();

    /** Frees its memory; texts that have not ended hear no more. */
    @Override
    void close();
}
