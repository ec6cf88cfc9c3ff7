package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.text.Utf8Mask;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final int A = 64;
    private static final int B = 65;
    private static final int C = 66;

    /** Probabilities of 0.5, 0.3 and 0.2 for three letters, the second sequence of a batch. */
    private final float[] logits = new float[2 * ModelConfiguration.PADDED_VOCABULARY];

    private final int offset = ModelConfiguration.PADDED_VOCABULARY;

    @BeforeEach
    void fill() {
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        logits[offset + A] = (float) Math.log(0.5);
        logits[offset + B] = (float) Math.log(0.3);
        logits[offset + C] = (float) Math.log(0.2);
    }

    @Test
    void temperatureZeroTakesTheLikeliest() {
        assertThat(frequencies(0, 0, 1)).containsOnlyKeys(A);
    }

    @Test
    void temperatureOneSamplesByProbability() {
        Map<Integer, Double> frequencies = frequencies(1, 0, 1);

        assertThat(frequencies.get(A)).isCloseTo(0.5, within(0.1));
        assertThat(frequencies.get(B)).isCloseTo(0.3, within(0.1));
        assertThat(frequencies.get(C)).isCloseTo(0.2, within(0.1));
    }

    @Test
    void temperatureDividesTheLogits() {
        // 0.5^2 / (0.5^2 + 0.3^2 + 0.2^2)
        assertThat(frequencies(0.5, 0, 1).get(A)).isCloseTo(0.658, within(0.1));
    }

    @Test
    void topKKeepsTheLikeliest() {
        Map<Integer, Double> frequencies = frequencies(1, 2, 1);

        assertThat(frequencies).containsOnlyKeys(A, B);
        assertThat(frequencies.get(A)).isCloseTo(0.625, within(0.1));
    }

    @Test
    void topPKeepsTheLikeliestThatTogetherHaveIt() {
        assertThat(frequencies(1, 0, 0.5)).containsOnlyKeys(A);
        assertThat(frequencies(1, 0, 0.6)).containsOnlyKeys(A, B);
        assertThat(frequencies(1, 5, 0.81)).containsOnlyKeys(A, B, C);
    }

    @Test
    void whatTheMaskForbidsIsNeverTaken() {
        logits[offset + 50_300] = 100;
        // the second half of a character
        int[] half = Tokenizer.gpt2().encode("国");
        logits[offset + half[1]] = 50;

        assertThat(frequencies(0, 0, 1)).containsOnlyKeys(A);
        assertThat(frequencies(1, 3, 1)).containsOnlyKeys(A, B, C);
    }

    @Test
    void minPKeepsThoseNearTheLikeliest() {
        // 0.3 and 0.2 are 0.6 and 0.4 of the greatest probability
        assertThat(frequencies(new Sampling(1, 0, 1, 0.5, 1, 0, 0, 0, Map.of(), 42)))
                .containsOnlyKeys(A, B);
        assertThat(frequencies(new Sampling(1, 3, 1, 0.7, 1, 0, 0, 0, Map.of(), 42)))
                .containsOnlyKeys(A);
        // squared at half the temperature: 0.36
        assertThat(frequencies(new Sampling(0.5, 0, 1, 0.5, 1, 0, 0, 0, Map.of(), 42)))
                .containsOnlyKeys(A);
    }

    @Test
    void whatWasSaidBeforeLosesProbability() {
        logits[offset + A] = 2;
        logits[offset + B] = 1.5f;
        logits[offset + C] = -1;

        assertThat(frequencies(new Sampling(0, 0, 1, 0, 2, 0, 0, 0, Map.of(), 42), A))
                .containsOnlyKeys(B);
        assertThat(frequencies(new Sampling(0, 0, 1, 0, 1.2, 0, 0, 0, Map.of(), 42), A))
                .containsOnlyKeys(A);
        // a negative logit moves away from 0
        logits[offset + A] = -2;
        logits[offset + B] = -3;
        assertThat(frequencies(new Sampling(0, 0, 1, 0, 4, 0, 0, 0, Map.of(), 42), C, C))
                .containsOnlyKeys(A);
    }

    @Test
    void whatTheTextHasSoFarIsDiscounted() {
        logits[offset + A] = 3;
        logits[offset + B] = 2;
        logits[offset + C] = 0;
        Sampling presence = new Sampling(0, 0, 1, 0, 1, 1.5, 0, 0, Map.of(), 42);
        Sampling frequency = new Sampling(0, 0, 1, 0, 1, 0, 0.6, 0, Map.of(), 42);
        Sampling wanted = new Sampling(0, 0, 1, 0, 1, -2, -1.1, 0, Map.of(), 42);

        // once however often it stands, and not for the prompt
        assertThat(next(presence, 0, A, A)).isEqualTo(A);
        assertThat(next(presence, 1, C, A)).isEqualTo(B);
        assertThat(next(frequency, 1, A, A)).isEqualTo(A);
        assertThat(next(frequency, 2, A, A)).isEqualTo(B);
        assertThat(next(wanted, 1, C)).isEqualTo(C);
    }

    @Test
    void noTokensStandInTheSameOrderTwice() {
        assertThat(frequencies(new Sampling(0, 0, 1, 0, 1, 0, 0, 2, Map.of(), 42), C, A, B, C))
                .containsOnlyKeys(B);
        assertThat(frequencies(new Sampling(0, 0, 1, 0, 1, 0, 0, 3, Map.of(), 42), C, A, B, C))
                .containsOnlyKeys(A);
        assertThat(frequencies(new Sampling(1, 0, 1, 0, 1, 0, 0, 1, Map.of(), 42), A, B))
                .containsOnlyKeys(C);
    }

    @Test
    void whatKeepsTheTextWellFormedIsSaidAgainIfAllOfItWasSaidBefore() {
        // Given a character that only bytes can continue that were all said before
        Utf8Mask mask = new Utf8Mask();
        mask.accept(Tokenizer.gpt2().encode("国")[0]);
        int[] said = IntStream.range(0, mask.count()).map(mask::id).toArray();

        for (int topK : List.of(0, 5)) {
            Sampling sampling = new Sampling(1, topK, 1, 0, 1, 0, 0, 1, Map.of(), 42);
            int id = new Sampler(sampling).sample(logits.clone(), offset, mask, new TokenHistory(said), said.length);

            assertThat(mask.allows(id)).isTrue();
        }
    }

    @Test
    void aBiasMakesATokenLikelierOrNeverChosen() {
        logits[offset + A] = 2;
        logits[offset + B] = 1;

        assertThat(next(new Sampling(0, 0, 1, 0, 1, 0, 0, 0, Map.of(B, 1.5), 42), 0))
                .isEqualTo(B);
        assertThat(next(new Sampling(0, 0, 1, 0, 1, 0, 0, 0, Map.of(A, -100.0), 42), 0))
                .isEqualTo(B);
        assertThat(frequencies(new Sampling(1, 0, 1, 0, 1, 0, 0, 0, Map.of(A, -100.0), 42)))
                .doesNotContainKey(A);
    }

    @Test
    void theWholeDistributionIsDrawnFromInTopPToo() {
        // Given 20,000 tokens that are equally likely and together have 0.8
        int tokens = 20_000;
        Arrays.fill(logits, offset + 256, offset + 256 + tokens, (float) Math.log(0.8 / tokens));
        logits[offset + A] = (float) Math.log(0.2);
        logits[offset + B] = Float.NEGATIVE_INFINITY;
        logits[offset + C] = Float.NEGATIVE_INFINITY;

        Map<Integer, Double> frequencies = frequencies(1, 0, 0.6);

        // Then half of them are left beside the likeliest, which has a third
        assertThat(frequencies.get(A)).isCloseTo(1.0 / 3, within(0.1));
        assertThat(frequencies.keySet()).allMatch(id -> id == A || id < 256 + tokens / 2 + 1000);
    }

    @Test
    void logitsThatAreNoNumbersAreRefused() {
        logits[offset + 7] = Float.NaN;

        assertThatThrownBy(() -> frequencies(1, 0, 1)).isInstanceOf(DivergedException.class);
    }

    private int next(Sampling sampling, int generated, int... history) {
        return new Sampler(sampling)
                .sample(logits.clone(), offset, new Utf8Mask(), new TokenHistory(history), generated);
    }

    private Map<Integer, Double> frequencies(double temperature, int topK, double topP) {
        return frequencies(new Sampling(temperature, topK, topP, 0, 1, 0, 0, 0, Map.of(), 42));
    }

    private Map<Integer, Double> frequencies(Sampling sampling, int... history) {
        int draws = 300;
        Map<Integer, Double> frequencies = new HashMap<>();
        Sampler sampler = new Sampler(sampling);
        for (int position = 0; position < draws; position++) {
            int id = sampler.sample(logits.clone(), offset, new Utf8Mask(), new TokenHistory(history), position);
            frequencies.merge(id, 1.0 / draws, Double::sum);
        }
        return frequencies;
    }
}
