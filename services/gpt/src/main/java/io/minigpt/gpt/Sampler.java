package io.minigpt.gpt;

import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.text.Utf8Mask;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Chooses a token from logits, among those that the mask allows. */
final class Sampler {
    private final GenerationRequest request;

    Sampler(GenerationRequest request) {
        this.request = request;
    }

    /**
     * One token.
     *
     * @param logits of all sequences of a batch
     * @param offset where this sequence's begin
     * @param position the number of tokens generated before
     * @throws DivergedException if the logits are no numbers
     */
    int sample(float[] logits, int offset, Utf8Mask mask, long position) {
        int likeliest = likeliest(logits, offset, mask);
        if (request.temperature() == 0) {
            return likeliest;
        }
        int[] ids = candidates(logits, offset, mask);
        double[] weights = new double[ids.length];
        double total = 0;
        for (int i = 0; i < ids.length; i++) {
            weights[i] = Math.exp((logits[offset + ids[i]] - logits[offset + likeliest]) / request.temperature());
            total += weights[i];
        }
        if (request.topP() < 1) {
            total = keepNucleus(weights, total * request.topP());
        }
        double left = new SplittableRandom(request.seed() * 0x9e3779b97f4a7c15L + position).nextDouble() * total;
        for (int i = 0; i < ids.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return ids[i];
            }
        }
        return likeliest;
    }

    private static int likeliest(float[] logits, int offset, Utf8Mask mask) {
        int best = -1;
        for (int id = 0; id < Tokenizer.SIZE; id++) {
            float logit = logits[offset + id];
            if (Float.isNaN(logit)) {
                throw new DivergedException("the model's logits are no numbers: its weights are unusable");
            }
            if ((best < 0 || logit > logits[offset + best]) && mask.allows(id)) {
                best = id;
            }
        }
        return best;
    }

    /** The ids to choose among, the likeliest first if top-k or top-p ask for an order. */
    private int[] candidates(float[] logits, int offset, Utf8Mask mask) {
        if (request.topK() > 0) {
            return likeliestFirst(logits, offset, mask, request.topK());
        }
        int[] ids = new int[Tokenizer.SIZE];
        int count = 0;
        for (int id = mask.nextAllowed(0); id >= 0; id = mask.nextAllowed(id + 1)) {
            ids[count++] = id;
        }
        return request.topP() < 1 ? sorted(logits, offset, ids, count) : Arrays.copyOf(ids, count);
    }

    private static int[] likeliestFirst(float[] logits, int offset, Utf8Mask mask, int count) {
        Comparator<Integer> byLogit = Comparator.comparingDouble(id -> logits[offset + id]);
        PriorityQueue<Integer> kept = new PriorityQueue<>(byLogit.thenComparing(Comparator.reverseOrder()));
        for (int id = mask.nextAllowed(0); id >= 0; id = mask.nextAllowed(id + 1)) {
            if (kept.size() < count) {
                kept.add(id);
            } else if (logits[offset + id] > logits[offset + kept.peek()]) {
                kept.poll();
                kept.add(id);
            }
        }
        int[] ids = new int[kept.size()];
        for (int i = ids.length - 1; i >= 0; i--) {
            ids[i] = kept.poll();
        }
        return ids;
    }

    private static int[] sorted(float[] logits, int offset, int[] ids, int count) {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            int bits = Float.floatToIntBits(-logits[offset + ids[i]]);
            // the bits of a float in the order of its value: sign and magnitude to two's complement
            int ordered = bits < 0 ? ~bits ^ Integer.MIN_VALUE : bits;
            keys[i] = ((long) ordered << Integer.SIZE) | ids[i];
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    /** Keeps the first weights until their sum reaches {@code enough}; returns the sum of those kept. */
    private static double keepNucleus(double[] weights, double enough) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (sum >= enough) {
                weights[i] = 0;
            }
            sum += weights[i];
        }
        return sum;
    }
}
