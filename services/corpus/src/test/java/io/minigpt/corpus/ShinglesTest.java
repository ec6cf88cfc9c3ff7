package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShinglesTest {

    private static final CorpusName CORPUS = new CorpusName("test");

    @Test
    void countsEveryFiveGramOfCodePointsOnce() {
        assertThat(Shingles.of("一二三四五六")).hasSize(2);
        assertThat(Shingles.of("ababababab")).hasSize(2);
        assertThat(Shingles.of("😀一二三四")).hasSize(1);
        assertThat(Shingles.of("一二三四")).isEmpty();
    }

    @Test
    void similarityIsThatOfTheSetsOfStrings() {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            String one = text(random, 80);
            String other = edited(one, random.nextInt(10), random);

            double similarity = Shingles.similarity(Shingles.of(one), Shingles.of(other));

            assertThat(similarity).isCloseTo(jaccard(strings(one), strings(other)), within(1e-12));
        }
    }

    @Test
    void nothingIsNotLikeNothing() {
        assertThat(Shingles.similarity(Shingles.of("短"), Shingles.of("短"))).isZero();
    }

    @Test
    void textsThatAreAlikeShareABand() {
        Random random = new Random(6);
        int alike = 0;
        int found = 0;
        for (int i = 0; i < 2000; i++) {
            String one = text(random, 200);
            String other = edited(one, 3 + random.nextInt(4), random);
            double similarity = Shingles.similarity(Shingles.of(one), Shingles.of(other));
            if (similarity >= 0.8) {
                alike++;
                found += shareABand(one, other) ? 1 : 0;
            }
        }

        assertThat(alike).isGreaterThan(500);
        assertThat((double) found / alike).isGreaterThan(0.99);
    }

    @Test
    void textsThatAreNotAlikeShareNone() {
        Random random = new Random(7);
        long shared = IntStream.range(0, 500)
                .filter(i -> shareABand(text(random, 200), text(random, 200)))
                .count();

        assertThat(shared).isZero();
    }

    @Test
    void bandsAreStoredAndMustStayAsTheyAre() {
        assertThat(Bands.of(CORPUS, Shingles.of("太阳是位于太阳系中心的一颗恒星。")))
                .hasSize(Bands.COUNT)
                .startsWith(-1897310021822780766L, 2723215358733593940L);
        assertThat(Bands.of(new CorpusName("other"), Shingles.of("太阳是位于太阳系中心的一颗恒星。")))
                .doesNotContainAnyElementsOf(Bands.of(CORPUS, Shingles.of("太阳是位于太阳系中心的一颗恒星。")));
    }

    private static boolean shareABand(String one, String other) {
        Set<Long> shared = new HashSet<>(Bands.of(CORPUS, Shingles.of(one)));
        shared.retainAll(Bands.of(CORPUS, Shingles.of(other)));
        return !shared.isEmpty();
    }

    private static String text(Random random, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf((char) ('一' + random.nextInt(500))))
                .collect(Collectors.joining());
    }

    private static String edited(String text, int edits, Random random) {
        StringBuilder edited = new StringBuilder(text);
        for (int i = 0; i < edits; i++) {
            edited.setCharAt(random.nextInt(edited.length()), '改');
        }
        return edited.toString();
    }

    private static Set<String> strings(String text) {
        return IntStream.rangeClosed(0, text.length() - Shingles.LENGTH)
                .mapToObj(i -> text.substring(i, i + Shingles.LENGTH))
                .collect(Collectors.toSet());
    }

    private static double jaccard(Set<String> one, Set<String> other) {
        Set<String> common = new HashSet<>(one);
        common.retainAll(other);
        return (double) common.size() / (one.size() + other.size() - common.size());
    }
}
