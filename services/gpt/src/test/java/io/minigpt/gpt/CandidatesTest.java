package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    @Test
    void keepsTheFewestThatHaveTheShare() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 200; round++) {
            // Given logits of which some are equal
            float[] logits = new float[300];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = random.nextInt(14) * 0.3f - 4;
            }
            logits[7] = 0;
            double share = random.nextDouble(0.05, 1);
            Candidates candidates =
                    Candidates.of(IntStream.range(0, logits.length).toArray());
            candidates.weigh(logits, 0, 0, 1);

            // When
            candidates.keepTogether(share);

            // Then they are those that sorting finds, of equals the first
            List<Integer> sorted = IntStream.range(0, logits.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(id -> -logits[id]))
                    .toList();
            double total = IntStream.range(0, logits.length)
                    .mapToDouble(id -> Math.exp(logits[id]))
                    .sum();
            Set<Integer> expected = new HashSet<>();
            double sum = 0;
            for (int id : sorted) {
                if (sum < share * total - 1e-9) {
                    expected.add(id);
                    sum += Math.exp(logits[id]);
                }
            }
            assertThat(drawn(candidates)).isEqualTo(expected);
        }
    }

    /** Every candidate: what comes at the middle of each one's share of the weight. */
    private static Set<Integer> drawn(Candidates candidates) {
        Set<Integer> ids = new HashSet<>();
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            ids.add(candidates.draw((i + 0.5) / draws, -1));
        }
        return ids;
    }
}
