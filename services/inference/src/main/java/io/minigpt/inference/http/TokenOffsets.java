package io.minigpt.inference.http;

import io.minigpt.gpt.TokenProbability;
import io.minigpt.gpt.text.StreamingDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the tokens of one text as they come, with the places where they begin in it. */
final class TokenOffsets {

    private final StreamingDecoder decoder = new StreamingDecoder();
    private int offset;

    /** @param begin characters of the text before its first token */
    TokenOffsets(int begin) {
        this.offset = begin;
    }

    /** The next tokens; null where there are none, as OpenAI's interface has it. */
    CompletionLogprobs next(List<TokenProbability> tokens) {
        if (tokens.isEmpty()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        List<Double> logprobs = new ArrayList<>();
        List<Map<String, Double>> likeliest = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        for (TokenProbability token : tokens) {
            texts.add(Tokens.text(token.id()));
            boolean first = Double.isNaN(token.logProbability());
            logprobs.add(first ? null : token.logProbability());
            likeliest.add(first ? null : likeliest(token));
            offsets.add(offset);
            offset += decoder.accept(token.id()).length();
        }
        return new CompletionLogprobs(texts, logprobs, likeliest, offsets);
    }

    private static Map<String, Double> likeliest(TokenProbability token) {
        Map<String, Double> likely = new LinkedHashMap<>();
        token.alternatives().forEach(other -> likely.put(Tokens.text(other.id()), other.logProbability()));
        return likely;
    }
}
