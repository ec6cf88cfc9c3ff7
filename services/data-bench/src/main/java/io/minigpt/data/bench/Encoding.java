package io.minigpt.data.bench;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What the encoder alone can do: jtokkit without any of our code. */
final class Encoding {

    private static final com.knuddels.jtokkit.api.Encoding GPT2 =
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.R50K_BASE);

    private Encoding() {}

    /** Bytes of text a second on one thread, after a round to warm up. */
    static double bytesPerSecond(SampleTexts texts, int rounds) {
        double[] rates = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            long start = System.nanoTime();
            long tokens = 0;
            for (String text : texts.texts()) {
                tokens += GPT2.encodeOrdinary(text).size();
            }
            if (tokens < texts.texts().size()) {
                throw new IllegalStateException("texts without tokens");
            }
            if (round >= 0) {
                rates[round] = texts.bytes() / seconds(start);
            }
        }
        Arrays.sort(rates);
        return rates[rounds / 2];
    }

    /** How many times longer a run of one character takes that is twice as long, the median of several tries. */
    static double doubling(String character, int length) {
        double[] ratios = new double[9];
        String one = character.repeat(length);
        String two = character.repeat(2 * length);
        for (int i = -1; i < ratios.length; i++) {
            double first = time(one);
            double second = time(two);
            if (i >= 0) {
                ratios[i] = second / first;
            }
        }
        Arrays.sort(ratios);
        return ratios[ratios.length / 2];
    }

    /** Seconds for one text. */
    static double time(String text) {
        long start = System.nanoTime();
        if (GPT2.encodeOrdinary(text).size() == 0) {
            throw new IllegalStateException(text.getBytes(StandardCharsets.UTF_8).length + " bytes without tokens");
        }
        return seconds(start);
    }

    static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** The runs that a naive encoder takes hours for. */
    static List<String> runs() {
        return List.of("a", " ", "!");
    }
}
