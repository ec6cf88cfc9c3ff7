package io.minigpt.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.registry.PromotionDecision.Verdict;
import io.minigpt.registry.PromotionPolicy.Champion;
import io.minigpt.registry.PromotionPolicy.Check;
import io.minigpt.registry.PromotionPolicy.Comparison;
import io.minigpt.registry.PromotionPolicy.Mode;
import io.minigpt.registry.PromotionPolicy.Veto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PromotionPolicyTest {

    private static final PromotionPolicy ROUGE = comparing("rougeL.unseen", -0.01);
    private static final PromotionPolicy BITS = comparing("bitsPerByte.validation", 0.05);
    private static final PromotionPolicy GUARDED = new PromotionPolicy(
            Mode.AUTOMATIC,
            Optional.empty(),
            List.of(
                    new Veto("repetition.unseen", OptionalDouble.empty(), OptionalDouble.of(0.3)),
                    new Veto("validCharacters.unseen", OptionalDouble.of(0.999), OptionalDouble.empty())));

    @Test
    void promotesTheFirstVersion() {
        PromotionDecision decision = ROUGE.decide(Map.of("rougeL.unseen", 0.5), Optional.empty());

        assertThat(decision.promoted()).isTrue();
        assertThat(decision.reason()).isEqualTo("rougeL.unseen is 0.5000; no version has the alias yet");
    }

    @Test
    void allowsToBeWorseByANegativeMargin() {
        Optional<Champion> champion = Optional.of(new Champion(4, Map.of("rougeL.unseen", 0.80)));

        assertThat(ROUGE.decide(Map.of("rougeL.unseen", 0.795), champion).promoted())
                .isTrue();
        PromotionDecision refused = ROUGE.decide(Map.of("rougeL.unseen", 0.78), champion);
        assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(refused.reason())
                .isEqualTo(
                        "rougeL.unseen is 0.7800 against 0.8000 of version 4, a lead of -0.0200 where -0.0100 is asked"
                                + " for");
    }

    @Test
    void fewerBitsAreALead() {
        Optional<Champion> champion = Optional.of(new Champion(1, Map.of("bitsPerByte.validation", 1.2)));

        assertThat(BITS.decide(Map.of("bitsPerByte.validation", 1.1), champion).promoted())
                .isTrue();
        assertThat(BITS.decide(Map.of("bitsPerByte.validation", 1.16), champion).promoted())
                .isFalse();
        assertThat(BITS.decide(Map.of("bitsPerByte.validation", 1.3), champion).promoted())
                .isFalse();
    }

    @Test
    void vetoesHoldWhateverElseIsFound() {
        assertThat(GUARDED.decide(Map.of("repetition.unseen", 0.2, "validCharacters.unseen", 1.0), Optional.empty())
                        .promoted())
                .isTrue();
        PromotionDecision refused = GUARDED.decide(Map.of("repetition.unseen", 0.31), Optional.empty());

        assertThat(refused.promoted()).isFalse();
        assertThat(refused.checks())
                .extracting(Check::reason)
                .containsExactly(
                        "repetition.unseen is 0.3100, allowed is at most 0.3",
                        "the evaluation has no validCharacters.unseen");
    }

    @Test
    void declinesWithoutTheFigure() {
        PromotionDecision decision = ROUGE.decide(Map.of("rougeL.curated", 1.0), Optional.empty());

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason()).isEqualTo("the evaluation has no rougeL.unseen");
    }

    @Test
    void promotesOverAChampionThatWasNotEvaluated() {
        PromotionDecision decision = ROUGE.decide(Map.of("rougeL.unseen", 0.1), Optional.of(new Champion(2, Map.of())));

        assertThat(decision.promoted()).isTrue();
        assertThat(decision.championVersion()).contains(2);
    }

    @Test
    void byHandProposesWhatIsGoodEnough() {
        PromotionPolicy byHand =
                new PromotionPolicy(Mode.BY_HAND, Optional.of(new Comparison("rougeL.unseen", 0)), List.of());

        assertThat(byHand.decide(Map.of("rougeL.unseen", 0.5), Optional.empty()).verdict())
                .isEqualTo(Verdict.PROPOSED);
        assertThat(byHand.decide(Map.of(), Optional.empty()).verdict()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void withoutChecksEveryVersionIsPromoted() {
        PromotionPolicy always = new PromotionPolicy(Mode.AUTOMATIC, Optional.empty(), List.of());

        PromotionDecision decision =
                always.decide(Map.of("rougeL.unseen", 0.4), Optional.of(new Champion(2, Map.of("rougeL.unseen", 0.5))));

        assertThat(decision.promoted()).isTrue();
        assertThat(decision.checks())
                .containsExactly(
                        new Check("rougeL.unseen", Optional.of(0.4), Optional.of(0.5), false, "worse than before"));
        assertThat(always.label()).isEqualTo("always");
    }

    @Test
    void aVetoHasABound() {
        assertThatThrownBy(() -> new Veto("repetition.unseen", OptionalDouble.empty(), OptionalDouble.empty()))
                .hasMessage("the veto on repetition.unseen needs least or most");
    }

    private static PromotionPolicy comparing(String figure, double margin) {
        return new PromotionPolicy(Mode.AUTOMATIC, Optional.of(new Comparison(figure, margin)), List.of());
    }
}
