package io.minigpt.gpt;

import java.util.Arrays;
import java.util.List;

/** The tokens of a prompt and of what was generated after it, in order. */
final class TokenHistory {
    private int[] ids;
    private int size;

    TokenHistory(int[] prompt) {
        ids = Arrays.copyOf(prompt, 2 * prompt.length);
        size = prompt.length;
    }

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
        }
        ids[size++] = id;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return ids[index];
    }

    /** A copy of the tokens from one index up to another. */
    int[] slice(int from, int to) {
        return Arrays.copyOfRange(ids, from, to);
    }

    List<Integer> from(int index) {
        return Arrays.stream(ids, index, size).boxed().toList();
    }
}
