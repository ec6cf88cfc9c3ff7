package io.minigpt.gpt.text;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which token may come next, so that a generated text is always well-formed UTF-8: one that continues a legal byte
 * sequence, {@link Tokenizer#END_OF_TEXT} only at a character's end, an id of the vocabulary's padding never.
 *
 * <p>An instance follows one sequence; it begins at a character's end. One that is {@link #off} allows every token of
 * the vocabulary but the padding.
 */
public final class Utf8Mask {
    private static final Map<Utf8State, BitSet> ALLOWED = new EnumMap<>(Utf8State.class);
    private static final Map<Utf8State, int[]> IDS = new EnumMap<>(Utf8State.class);
    private static final Map<Utf8State, int[]> FORBIDDEN = new EnumMap<>(Utf8State.class);
    private static final int[] ALL = IntStream.range(0, Tokenizer.SIZE).toArray();

    static {
        Tokenizer tokenizer = Tokenizer.gpt2();
        for (Utf8State state : Utf8State.values()) {
            BitSet allowed = new BitSet(Tokenizer.SIZE);
            for (int id = 0; id < Tokenizer.END_OF_TEXT; id++) {
                allowed.set(id, after(state, tokenizer.bytes(id)) != null);
            }
            allowed.set(Tokenizer.END_OF_TEXT, state == Utf8State.BOUNDARY);
            ALLOWED.put(state, (BitSet) allowed.clone());
            IDS.put(state, allowed.stream().toArray());
            allowed.flip(0, Tokenizer.SIZE);
            FORBIDDEN.put(state, allowed.stream().toArray());
        }
    }

    private final boolean off;
    private Utf8State state = Utf8State.BOUNDARY;
    private int[] ids;

    private Utf8Mask(boolean off) {
        this.off = off;
        this.ids = off ? ALL : IDS.get(state);
    }

    /** One that keeps the text well-formed. */
    public Utf8Mask() {
        this(false);
    }

    /** One that allows malformed text too. */
    public static Utf8Mask off() {
        return new Utf8Mask(true);
    }

    /** Whether the id may come next. */
    public boolean allows(int id) {
        return id >= 0 && (off ? id < Tokenizer.SIZE : ALLOWED.get(state).get(id));
    }

    /** The number of ids that may come next, at least one. */
    public int count() {
        return ids.length;
    }

    /** One of the ids that may come next, which have indices from 0 in ascending order. */
    public int id(int index) {
        return ids[index];
    }

    /** Makes the logits of ids that may not come next, from {@code offset} on, negative infinity. */
    public void forbid(float[] logits, int offset) {
        if (!off) {
            for (int id : FORBIDDEN.get(state)) {
                logits[offset + id] = Float.NEGATIVE_INFINITY;
            }
        }
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
        if (!off) {
            state = after(state, Tokenizer.gpt2().bytes(id));
            ids = IDS.get(state);
        }
    }

    private static Utf8State after(Utf8State state, byte[] bytes) {
        Utf8State next = state;
        for (int i = 0; i < bytes.length && next != null; i++) {
            next = next.after(bytes[i]);
        }
        return next;
    }
}
