package io.minigpt.gpt.text;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which token may come next, so that a generated text is always well-formed UTF-8: one that continues a legal byte
 * sequence, {@link Tokenizer#END_OF_TEXT} only at a character's end, an id of the vocabulary's padding never.
 *
 * <p>An instance follows one sequence; it begins at a character's end.
 */
public final class Utf8Mask {
    private static final Map<Utf8State, BitSet> ALLOWED = new EnumMap<>(Utf8State.class);

    static {
        Tokenizer tokenizer = Tokenizer.gpt2();
        for (Utf8State state : Utf8State.values()) {
            BitSet allowed = new BitSet(Tokenizer.SIZE);
            for (int id = 0; id < Tokenizer.END_OF_TEXT; id++) {
                allowed.set(id, after(state, tokenizer.bytes(id)) != null);
            }
            allowed.set(Tokenizer.END_OF_TEXT, state == Utf8State.BOUNDARY);
            ALLOWED.put(state, allowed);
        }
    }

    private Utf8State state = Utf8State.BOUNDARY;

    /** Whether the id may come next. */
    public boolean allows(int id) {
        return id >= 0 && ALLOWED.get(state).get(id);
    }

    /**
     * The ids that may come next, in ascending order: the first from {@code from} on, or -1 if there is none.
     */
    public int nextAllowed(int from) {
        return ALLOWED.get(state).nextSetBit(from);
    }

    /**
     * Goes on by one token.
     *
     * @throws IllegalArgumentException if the id may not come next
     */
    public void accept(int id) {
        if (!allows(id)) {
            throw new IllegalArgumentException("token " + id + " would make the text malformed");
        }
        state = after(state, Tokenizer.gpt2().bytes(id));
    }

    private static Utf8State after(Utf8State state, byte[] bytes) {
        Utf8State next = state;
        for (int i = 0; i < bytes.length && next != null; i++) {
            next = next.after(bytes[i]);
        }
        return next;
    }
}
