package io.minigpt.inference;

import io.minigpt.gpt.FinishReason;
import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationListener;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.TokenProbability;
import io.minigpt.gpt.text.StopStrings;
import io.minigpt.gpt.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A text of a {@link ScriptedModels scripted model}: each piece counts as a token with the probability of a half. */
final class ScriptedText {

    private final GenerationRequest request;
    private final GenerationListener listener;
    private final List<String> pieces;
    private final String prompt;
    private final StopStrings stop;
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> tokens = new ArrayList<>();
    private final List<TokenProbability> probabilities = new ArrayList<>();
    private boolean ended;

    ScriptedText(GenerationRequest request, GenerationListener listener, List<String> pieces, String prompt) {
        this.request = request;
        this.listener = listener;
        this.pieces = pieces;
        this.prompt = prompt;
        this.stop = new StopStrings(request.stop());
        if (request.promptProbabilities()) {
            for (int at = 0; at < request.prompt().length; at++) {
                listener.token(probability(request.prompt()[at], at == 0 ? Double.NaN : -Math.log(2)));
            }
        }
    }

    boolean isWarmUp() {
        return prompt.equals(WarmUp.PROMPT);
    }

    boolean ended() {
        return ended;
    }

    /** Says a piece. @param permits what it needs for that if it waits @return how it ended, if it has */
    Optional<FinishReason> step(Semaphore permits) {
        if (listener.cancelled()) {
            return Optional.of(end(FinishReason.CANCELLED));
        }
        if (tokens.size() == pieces.size()) {
            return Optional.of(end(FinishReason.STOP));
        }
        if (tokens.size() == request.maxNewTokens()) {
            return Optional.of(end(FinishReason.LENGTH));
        }
        if (!prompt.contains("wait") || permitted(permits)) {
            String piece = pieces.get(tokens.size());
            say(piece, prompt.contains("flood") ? ScriptedModels.FLOOD : 1);
            if (stop.found()) {
                return Optional.of(end(FinishReason.STOP_STRING));
            }
        }
        return Optional.empty();
    }

    private void say(String piece, int times) {
        int token = Tokenizer.gpt2().encode(piece)[0];
        tokens.add(token);
        if (request.alternatives() != GenerationRequest.NO_PROBABILITIES) {
            probabilities.add(probability(token, -Math.log(2)));
            listener.token(probabilities.getLast());
        }
        pass(stop.accept(piece.repeat(times)));
    }

    private TokenProbability probability(int token, double logProbability) {
        List<TokenProbability.Alternative> alternatives = request.alternatives() == 0
                ? List.of()
                : List.of(new TokenProbability.Alternative(token, logProbability));
        return new TokenProbability(token, logProbability, alternatives);
    }

    private FinishReason end(FinishReason reason) {
        ended = true;
        pass(stop.finish());
        listener.finished(new Generation(text.toString(), tokens, request.prompt().length, reason, probabilities));
        return reason;
    }

    private void pass(String piece) {
        if (!piece.isEmpty()) {
            text.append(piece);
            listener.text(piece);
        }
    }

    private static boolean permitted(Semaphore permits) {
        try {
            return permits.tryAcquire(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
