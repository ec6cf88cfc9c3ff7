package io.minigpt.gpt.text;

import java.util.List;

/**
 * The text of a generation as it comes: tokens in, pieces of text out that are never taken back. The pieces together
 * are the decoded tokens, cut before the first stop string and then where the text begins to repeat itself.
 */
public final class TextStream {
    private final StreamingDecoder decoder = new StreamingDecoder();
    private final StopStrings stop;
    private final RepetitionFilter repetition;

    public TextStream(List<String> stop, RepetitionRule repetition) {
        this.stop = new StopStrings(stop);
        this.repetition = new RepetitionFilter(repetition);
    }

    /** The text that can be passed on after this token, often none. */
    public String accept(int id) {
        return repetition.accept(stop.accept(decoder.accept(id)));
    }

    /** The rest, the text having ended; without half a character at its end. */
    public String finish() {
        return repetition.accept(stop.finish()) + repetition.finish();
    }

    /** Whether a stop string ended the text. */
    public boolean stopped() {
        return stop.found() && !repetition.repeats();
    }

    /** Whether the text began to repeat itself, and so has ended. */
    public boolean repeats() {
        return repetition.repeats();
    }
}
