package io.minigpt.gpt.data;

/** One seed from two numbers, by the finalizer of SplitMix64, so that neighbouring numbers give unrelated seeds. */
final class Mix {
    private Mix() {}

    static long of(long seed, long number) {
        long z = seed * 0x9e3779b97f4a7c15L + number;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
