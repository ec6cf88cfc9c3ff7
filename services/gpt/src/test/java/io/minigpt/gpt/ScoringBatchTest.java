package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.WeightType;
import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringBatchTest {
    private static final int CONTEXT = 160;
    private static final BatchLimits LIMITS = new BatchLimits(4, 1024, 64);

    @TempDir
    private static Path directory;

    private static Generator generator;

    @BeforeAll
    static void save() throws IOException {
        try (Trainer trainer =
                Trainer.scratch(TinyModel.model(Map.of("block_size", CONTEXT)), TinyModel.training(Map.of()))) {
            trainer.save(directory.resolve("model"), Map.of());
        }
        generator = Generator.load(directory.resolve("model"), WeightType.F32, "cpu");
    }

    @AfterAll
    static void close() {
        generator.close();
    }

    @Test
    void aPromptsProbabilitiesAreThoseOfItsScore() {
        // Given a prompt that is read in three parts
        int[] prompt = tokens(150);
        Recorder text = new Recorder();
        try (ScoringBatch batch = generator.newScoringBatch(LIMITS)) {
            batch.add(scored(prompt).maxNewTokens(2).build(), text);
            complete(batch, text);
        }

        // Then each of its tokens is told in order, then those of the text
        assertThat(text.tokens).hasSize(152);
        assertThat(text.tokens.subList(0, 150).stream().mapToInt(TokenProbability::id))
                .containsExactly(Arrays.stream(prompt).boxed().toArray(Integer[]::new));
        assertThat(text.tokens.getFirst().logProbability()).isNaN();
        assertThat(text.tokens.get(1).alternatives()).hasSize(2);
        assertThat(text.generation.tokens()).hasSize(2);

        // and together they are as probable as the whole, whose score counts the vocabulary's padding too: to an
        // untrained model that is as likely as any token
        double padding = 149 * Math.log((double) ModelConfiguration.PADDED_VOCABULARY / Tokenizer.SIZE);
        Continuation whole = new Continuation(new int[] {prompt[0]}, Arrays.copyOfRange(prompt, 1, 150));
        double expected = generator.score(List.of(whole)).getFirst().logProbability();
        assertThat(text.tokens.subList(1, 150).stream()
                        .mapToDouble(TokenProbability::logProbability)
                        .sum())
                .isCloseTo(expected + padding, within(5e-3));
    }

    @Test
    void thoseThatAreBeingContinuedGoOnMeanwhile() {
        Recorder running = new Recorder();
        Recorder scored = new Recorder();
        try (ScoringBatch batch = generator.newScoringBatch(LIMITS)) {
            // Given a text that has begun
            batch.add(request(tokens(1)).maxNewTokens(5).build(), running);
            batch.step();

            // When a prompt of three parts is read for nothing but its probabilities
            batch.add(scored(tokens(150)).maxNewTokens(0).build(), scored);
            for (int i = 0; i < 3; i++) {
                assertThat(scored.generation).isNull();
                batch.step();
            }

            // Then it has ended, and the text has a token of each step
            assertThat(scored.generation.finishReason()).isEqualTo(FinishReason.LENGTH);
            assertThat(scored.generation.tokens()).isEmpty();
            assertThat(scored.tokens).hasSize(150);
            assertThat(running.tokens).hasSize(4);
        }
    }

    @Test
    void aPromptOfOneTokenHasNothingToScore() {
        Recorder text = new Recorder();
        try (ScoringBatch batch = generator.newScoringBatch(LIMITS)) {
            batch.add(scored(new int[] {7}).maxNewTokens(0).build(), text);
            complete(batch, text);
        }

        assertThat(text.tokens).extracting(TokenProbability::id).containsExactly(7);
    }

    @Test
    void whoIsNotWaitedForLeaves() {
        Recorder text = new Recorder();
        try (ScoringBatch batch = generator.newScoringBatch(LIMITS)) {
            batch.add(scored(tokens(150)).build(), text);
            batch.step();

            text.cancelled = true;
            batch.step();
        }

        assertThat(text.generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(text.tokens).isEmpty();
    }

    @Test
    void aPromptThatTheModelDoesNotSeeIsRefused() {
        try (ScoringBatch batch = generator.newScoringBatch(LIMITS)) {
            GenerationRequest longer = scored(tokens(CONTEXT + 1)).build();

            assertThatThrownBy(() -> batch.add(longer, new Recorder()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("161 tokens long");
        }
    }

    private static void complete(ScoringBatch batch, Recorder text) {
        while (text.generation == null) {
            batch.step();
        }
    }

    private static GenerationRequest.Builder scored(int[] prompt) {
        return request(prompt).promptProbabilities(true);
    }

    private static GenerationRequest.Builder request(int[] prompt) {
        return GenerationRequest.to(prompt)
                .temperature(1)
                .seed(3)
                .alternatives(2)
                .repetition(RepetitionRule.NONE)
                .wellFormed(false);
    }

    private static int[] tokens(int count) {
        SplittableRandom random = new SplittableRandom(11);
        return random.ints(count, 0, 50_000).toArray();
    }

    private static final class Recorder implements GenerationListener {
        private final List<TokenProbability> tokens = new ArrayList<>();
        private Generation generation;
        private boolean cancelled;

        @Override
        public void text(String piece) {
            // its tokens say enough
        }

        @Override
        public void token(TokenProbability token) {
            tokens.add(token);
        }

        @Override
        public void finished(Generation finished) {
            generation = finished;
        }

        @Override
        public void failed(RuntimeException reason) {
            throw reason;
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }
}
