package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.FinishReason;
import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.TokenProbability;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTest {

    private static final int NONE = GenerationRequest.NO_PROBABILITIES;

    @Test
    void theLikeliestCandidatesOfEachPromptAreAnsweredInTheirOrder() {
        // Given three candidates for each of two prompts, of which two are answered
        Call call = call(2, new Call.Wishes(2, 3, NONE, false));
        List<Generation> texts = List.of(text(-3, -1), text(-1), text(-1, -1, -1.2), text(-2), text(-9), text(-1, -4));

        List<Integer> chosen = call.chosen(texts);

        // Then they are the likeliest for each token, not as a whole
        assertThat(chosen).containsExactly(1, 2, 3, 5);
        assertThat(call.answer(texts.getFirst()).probabilities()).isEmpty();
        assertThat(call.only(chosen).prompts()).containsExactly("p0", "p0", "p1", "p1");
    }

    @Test
    void theTokensOfAPromptDoNotDecide() {
        Call call = call(1, new Call.Wishes(1, 2, 0, true));
        List<Generation> texts = List.of(withPrompt(text(-2)), withPrompt(text(-1)));

        assertThat(call.chosen(texts)).containsExactly(1);
    }

    @Test
    void whereNothingIsChosenAllAreAnswered() {
        Call call = call(1, new Call.Wishes(2, 2, NONE, false));

        assertThat(call.chosen(List.of(text(), text()))).containsExactly(0, 1);
    }

    @Test
    void aPromptCountsOnceForItsCandidates() {
        Call call = call(2, new Call.Wishes(1, 3, NONE, false));

        assertThat(call.mostTokens()).isEqualTo(6 * 10 + 2 * 4);
        assertThat(call.usage(Collections.nCopies(6, text(-1, -1))).totalTokens())
                .isEqualTo(6 * 2 + 2 * 4);
    }

    private static Call call(int prompts, Call.Wishes wishes) {
        List<GenerationRequest> requests = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int prompt = 0; prompt < prompts; prompt++) {
            for (int candidate = 0; candidate < wishes.candidates(); candidate++) {
                requests.add(GenerationRequest.to(new int[4]).maxNewTokens(10).build());
                texts.add("p" + prompt);
            }
        }
        return new Call(requests, texts, List.of(), wishes, 0, new Call.StreamWish(false, false));
    }

    private static Generation text(double... logProbabilities) {
        List<TokenProbability> tokens = new ArrayList<>();
        for (double logProbability : logProbabilities) {
            tokens.add(new TokenProbability(7, logProbability, List.of()));
        }
        return new Generation("t", Collections.nCopies(tokens.size(), 7), 4, FinishReason.STOP, tokens);
    }

    private static Generation withPrompt(Generation text) {
        List<TokenProbability> tokens = new ArrayList<>();
        tokens.add(new TokenProbability(1, Double.NaN, List.of()));
        tokens.addAll(text.probabilities());
        return new Generation(text.text(), text.tokens(), 1, text.finishReason(), tokens);
    }
}
