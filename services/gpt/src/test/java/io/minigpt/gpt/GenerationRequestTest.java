package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.gpt.GenerationRequest.Builder;
import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.text.RepetitionRule;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GenerationRequestTest {
    private static final int[] PROMPT = {1, 2};

    @Test
    void theDefaultsAreGreedyAndGuarded() {
        GenerationRequest request = GenerationRequest.to(PROMPT).build();

        assertThat(request.maxNewTokens()).isEqualTo(256);
        assertThat(request.sampling()).isEqualTo(Sampling.GREEDY);
        assertThat(request.stop()).isEmpty();
        assertThat(request.repetition()).isEqualTo(RepetitionRule.SAFE);
        assertThat(request.overflow()).isEqualTo(ContextOverflow.STOP);
        assertThat(request.alternatives()).isEqualTo(GenerationRequest.NO_PROBABILITIES);
        assertThat(request.wellFormed()).isTrue();
        assertThat(request.deterministic()).isFalse();
    }

    @Test
    void everyPropertyIsSet() {
        GenerationRequest request = GenerationRequest.to(PROMPT)
                .maxNewTokens(5)
                .temperature(0.5)
                .topK(3)
                .topP(0.9)
                .minP(0.1)
                .repetitionPenalty(1.2)
                .presencePenalty(1.3)
                .frequencyPenalty(-1.4)
                .noRepeatNgram(4)
                .seed(6)
                .stop("a", "b")
                .repetition(RepetitionRule.SEED)
                .overflow(ContextOverflow.SLIDE)
                .alternatives(2)
                .promptProbabilities(true)
                .logitBias(Map.of(7, -8.0))
                .wellFormed(false)
                .deterministic(true)
                .build();

        assertThat(request.prompt()).isEqualTo(PROMPT);
        assertThat(request.maxNewTokens()).isEqualTo(5);
        assertThat(request.sampling()).isEqualTo(new Sampling(0.5, 3, 0.9, 0.1, 1.2, 1.3, -1.4, 4, Map.of(7, -8.0), 6));
        assertThat(request.stop()).isEqualTo(List.of("a", "b"));
        assertThat(request.repetition()).isEqualTo(RepetitionRule.SEED);
        assertThat(request.overflow()).isEqualTo(ContextOverflow.SLIDE);
        assertThat(request.alternatives()).isEqualTo(2);
        assertThat(request.promptProbabilities()).isTrue();
        assertThat(request.wellFormed()).isFalse();
        assertThat(request.deterministic()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void whatIsNotAllowedIsRefusedByItsName(UnaryOperator<Builder> wish, String message) {
        assertThatThrownBy(() -> wish.apply(GenerationRequest.to(PROMPT)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Stream<Arguments> invalid() {
        return Stream.of(
                refused(request -> GenerationRequest.to(new int[0]), "prompt is empty, but must be at least one token"),
                refused(
                        request -> GenerationRequest.to(new int[] {-1}),
                        "prompt is [-1], but must be ids of at least 0"),
                refused(request -> request.maxNewTokens(0), "maxNewTokens is 0, but must be at least 1"),
                refused(request -> request.temperature(-1), "temperature is -1.0, but must be 0 to 100"),
                refused(request -> request.temperature(Double.NaN), "temperature is NaN, but must be 0 to 100"),
                refused(request -> request.topK(-1), "topK is -1, but must be at least 0"),
                refused(request -> request.topP(0), "topP is 0.0, but must be greater than 0 and at most 1"),
                refused(request -> request.minP(1), "minP is 1.0, but must be at least 0 and less than 1"),
                refused(
                        request -> request.repetitionPenalty(0),
                        "repetitionPenalty is 0.0, but must be greater than 0 and at most 10"),
                refused(request -> request.presencePenalty(2.1), "presencePenalty is 2.1, but must be -2 to 2"),
                refused(request -> request.frequencyPenalty(-3), "frequencyPenalty is -3.0, but must be -2 to 2"),
                refused(request -> request.noRepeatNgram(-1), "noRepeatNgram is -1, but must be at least 0"),
                refused(request -> request.alternatives(101), "alternatives is 101, but must be -1 to 100"),
                refused(
                        request -> request.promptProbabilities(true).maxNewTokens(-1),
                        "maxNewTokens is -1, but must be at least 0"),
                refused(
                        request -> request.logitBias(Map.of(50_257, 1.0)),
                        "logitBias is 50257: 1.0, but must be ids of 0 to 50256 with -100 to 100"),
                refused(
                        request -> request.logitBias(Map.of(7, 101.0)),
                        "logitBias is 7: 101.0, but must be ids of 0 to 50256 with -100 to 100"),
                refused(request -> request.stop(""), "stop has \"\", but must be well-formed and not empty"));
    }

    private static Arguments refused(UnaryOperator<Builder> wish, String message) {
        return Arguments.of(wish, message);
    }
}
