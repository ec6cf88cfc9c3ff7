package io.minigpt.corpus;

import java.util.Arrays;

/** The character 5-grams of a text as a set of 64-bit hashes, by which texts are compared. */
public final class Shingles {

    /** Code points of one. */
    static final int LENGTH = 5;

    private static final long BASE = 0x9E3779B97F4A7C15L;

    private Shingles() {}

    /** Hashes in ascending order, each once; of a text shorter than a 5-gram there is none. */
    public static long[] of(String text) {
        return distinct(hashes(text, LENGTH));
    }

    /** Size of the intersection over that of the union (Jaccard); 0 if both are empty. */
    public static double similarity(long[] one, long[] other) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            int order = Long.compare(one[i], other[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        int union = one.length + other.length - common;
        return union == 0 ? 0 : (double) common / union;
    }

    /** A hash for every n-gram of code points, in the order of the text. */
    static long[] hashes(String text, int n) {
        int[] points = text.codePoints().toArray();
        if (points.length < n) {
            return new long[0];
        }
        long leaving = 1;
        for (int i = 0; i < n; i++) {
            leaving *= BASE;
        }
        long[] hashes = new long[points.length - n + 1];
        long rolling = 0;
        for (int i = 0; i < points.length; i++) {
            rolling = rolling * BASE + points[i];
            if (i >= n) {
                rolling -= leaving * points[i - n];
            }
            if (i >= n - 1) {
                hashes[i - n + 1] = mixed(rolling);
            }
        }
        return hashes;
    }

    static long[] distinct(long[] hashes) {
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[count++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /** MurmurHash3's finaliser. Source: Appleby, public domain. */
    private static long mixed(long hash) {
        long h = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
        return h ^ h >>> 33;
    }
}
