package io.minigpt.gpt;

import static io.minigpt.gpt.Sampling.require;

import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.StopStrings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What to generate. {@link #greedy} has the defaults, {@link #to} begins one with other wishes:
 *
 * <pre>{@code GenerationRequest.to(prompt).maxNewTokens(200).temperature(0.8).topP(0.95).stop("\n\n").build()}</pre>
 *
 * @param prompt token ids, at least one
 * @param maxNewTokens the most tokens to generate, at least 1; 0 if only the prompt's probabilities are wanted
 * @param sampling how each is chosen
 * @param stop strings before the first of which the text ends
 * @param repetition when a text counts as repeating itself, and ends
 * @param overflow what happens when the context is full
 * @param alternatives the number of likeliest tokens to report with their log-probabilities for each generated token,
 *     0 for the generated one alone, {@link #NO_PROBABILITIES} for none
 * @param promptProbabilities whether the prompt's own tokens are reported first, as a {@link ScoringBatch} does; the first
 *     of them has no probability
 * @param wellFormed whether a token is chosen only if the text can still become well-formed UTF-8 with it
 * @param deterministic whether it is computed alone in every step, so that it is the same to the bit whatever else runs;
 *     the others pay for that with time
 */
public record GenerationRequest(
        int[] prompt,
        int maxNewTokens,
        Sampling sampling,
        List<String> stop,
        RepetitionRule repetition,
        ContextOverflow overflow,
        int alternatives,
        boolean promptProbabilities,
        boolean wellFormed,
        boolean deterministic) {
    /** Log-probabilities are not asked for. */
    public static final int NO_PROBABILITIES = -1;

    private static final int MOST_ALTERNATIVES = 100;

    /** What happens when prompt and text fill the model's context. */
    public enum ContextOverflow {
        /** Generation ends, with the reason {@link FinishReason#LENGTH}. */
        STOP,
        /** The older half is forgotten. */
        SLIDE
    }

    public GenerationRequest {
        prompt = prompt.clone();
        stop = List.copyOf(stop);
        require(prompt.length > 0, "prompt", "empty", "at least one token");
        require(Arrays.stream(prompt).allMatch(id -> id >= 0), "prompt", Arrays.toString(prompt), "ids of at least 0");
        int least = promptProbabilities ? 0 : 1;
        require(maxNewTokens >= least, "maxNewTokens", maxNewTokens, "at least " + least);
        require(
                alternatives >= NO_PROBABILITIES && alternatives <= MOST_ALTERNATIVES,
                "alternatives",
                alternatives,
                NO_PROBABILITIES + " to " + MOST_ALTERNATIVES);
        new StopStrings(stop); // refuses what is no stop string
    }

    /** The likeliest continuation of a prompt, guarded against repetition. */
    public static GenerationRequest greedy(int[] prompt, int maxNewTokens) {
        return to(prompt).maxNewTokens(maxNewTokens).build();
    }

    /** Begins a request to continue a prompt: greedily, by 256 tokens, guarded against repetition. */
    public static Builder to(int[] prompt) {
        return new Builder(prompt);
    }

    boolean wantsProbabilities() {
        return alternatives != NO_PROBABILITIES;
    }

    /** A request in the making; each method sets the property of its name and returns this. */
    public static final class Builder {
        private final int[] prompt;
        private int maxNewTokens = 256;
        private double temperature;
        private int topK;
        private double topP = 1;
        private double minP;
        private double repetitionPenalty = 1;
        private double presencePenalty;
        private double frequencyPenalty;
        private int noRepeatNgram;
        private long seed;
        private List<String> stop = List.of();
        private RepetitionRule repetition = RepetitionRule.SAFE;
        private ContextOverflow overflow = ContextOverflow.STOP;
        private int alternatives = NO_PROBABILITIES;
        private boolean promptProbabilities;
        private Map<Integer, Double> logitBias = Map.of();
        private boolean wellFormed = true;
        private boolean deterministic;

        private Builder(int[] prompt) {
            this.prompt = prompt;
        }

        public Builder maxNewTokens(int maxNewTokens) {
            this.maxNewTokens = maxNewTokens;
            return this;
        }

        public Builder temperature(double temperature) {
            this.temperature = temperature;
            return this;
        }

        public Builder topK(int topK) {
            this.topK = topK;
            return this;
        }

        public Builder topP(double topP) {
            this.topP = topP;
            return this;
        }

        public Builder minP(double minP) {
            this.minP = minP;
            return this;
        }

        public Builder repetitionPenalty(double repetitionPenalty) {
            this.repetitionPenalty = repetitionPenalty;
            return this;
        }

        public Builder presencePenalty(double presencePenalty) {
            this.presencePenalty = presencePenalty;
            return this;
        }

        public Builder frequencyPenalty(double frequencyPenalty) {
            this.frequencyPenalty = frequencyPenalty;
            return this;
        }

        public Builder noRepeatNgram(int noRepeatNgram) {
            this.noRepeatNgram = noRepeatNgram;
            return this;
        }

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder stop(String... stop) {
            return stop(List.of(stop));
        }

        public Builder stop(List<String> stop) {
            this.stop = stop;
            return this;
        }

        public Builder repetition(RepetitionRule repetition) {
            this.repetition = repetition;
            return this;
        }

        public Builder overflow(ContextOverflow overflow) {
            this.overflow = overflow;
            return this;
        }

        /** Asks for log-probabilities: of each generated token and of so many likeliest ones. */
        public Builder alternatives(int alternatives) {
            this.alternatives = alternatives;
            return this;
        }

        public Builder promptProbabilities(boolean promptProbabilities) {
            this.promptProbabilities = promptProbabilities;
            return this;
        }

        public Builder logitBias(Map<Integer, Double> logitBias) {
            this.logitBias = logitBias;
            return this;
        }

        public Builder wellFormed(boolean wellFormed) {
            this.wellFormed = wellFormed;
            return this;
        }

        public Builder deterministic(boolean deterministic) {
            this.deterministic = deterministic;
            return this;
        }

        /** @throws IllegalArgumentException naming the property that is not allowed, and what is */
        public GenerationRequest build() {
            Sampling sampling = new Sampling(
                    temperature,
                    topK,
                    topP,
                    minP,
                    repetitionPenalty,
                    presencePenalty,
                    frequencyPenalty,
                    noRepeatNgram,
                    logitBias,
                    seed);
            return new GenerationRequest(
                    prompt,
                    maxNewTokens,
                    sampling,
                    stop,
                    repetition,
                    overflow,
                    alternatives,
                    promptProbabilities,
                    wellFormed,
                    deterministic);
        }
    }
}
