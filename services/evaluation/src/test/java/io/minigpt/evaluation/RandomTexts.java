package io.minigpt.evaluation;

import java.util.SplittableRandom;

/** Short texts of few characters, so that much of them agrees. */
final class RandomTexts {

    private static final String CHARACTERS = "的一是水火。a1";

    private RandomTexts() {}

    static String of(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(20);
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }
}
