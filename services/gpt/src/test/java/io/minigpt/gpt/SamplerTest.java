package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.text.Utf8Mask;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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
    void logitsThatAreNoNumbersAreRefused() {
        logits[offset + 7] = Float.NaN;

        assertThatThrownBy(() -> frequencies(1, 0, 1)).isInstanceOf(DivergedException.class);
    }

    private Map<Integer, Double> frequencies(double temperature, int topK, double topP) {
        int draws = 300;
        Map<Integer, Double> frequencies = new HashMap<>();
        Sampler sampler = new Sampler(new GenerationRequest(
                new int[] {A}, 1, temperature, topK, topP, 42, RepetitionRule.NONE, ContextOverflow.STOP));
        for (int position = 0; position < draws; position++) {
            int id = sampler.sample(logits, offset, new Utf8Mask(), position);
            frequencies.merge(id, 1.0 / draws, Double::sum);
        }
        return frequencies;
    }
}
