package io.minigpt.gpt;

/** The largest of many logits, without sorting the others: a binary heap with the least of the kept at its top. */
final class LargestLogits {
    private final float[] logits;
    private final int[] ids;
    private int size;

    LargestLogits(int count) {
        logits = new float[count];
        ids = new int[count];
    }

    /** Takes part with one token; of equal logits the lower id counts as larger. */
    void offer(int id, float logit) {
        if (size < ids.length) {
            up(size++, id, logit);
        } else if (size > 0 && less(logits[0], ids[0], logit, id)) {
            down(0, id, logit);
        }
    }

    /** Their ids, the largest logit first; empties this. */
    int[] ids() {
        int[] sorted = new int[size];
        while (size > 0) {
            sorted[--size] = ids[0];
            down(0, ids[size], logits[size]);
        }
        return sorted;
    }

    private void up(int from, int id, float logit) {
        int at = from;
        while (at > 0 && less(logit, id, logits[(at - 1) / 2], ids[(at - 1) / 2])) {
            put(at, ids[(at - 1) / 2], logits[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        put(at, id, logit);
    }

    private void down(int from, int id, float logit) {
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && less(logits[child + 1], ids[child + 1], logits[child], ids[child])) {
                child++;
            }
            if (!less(logits[child], ids[child], logit, id)) {
                break;
            }
            put(at, ids[child], logits[child]);
            at = child;
        }
        if (size > 0) {
            put(at, id, logit);
        }
    }

    private void put(int at, int id, float logit) {
        ids[at] = id;
        logits[at] = logit;
    }

    private static boolean less(float logit, int id, float other, int otherId) {
        return logit < other || (logit == other && id > otherId);
    }
}
