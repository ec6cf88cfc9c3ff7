package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.WeightType;
import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GenerationBatchTest {
    @TempDir
    private static Path directory;

    private static Generator generator;

    @BeforeAll
    static void save() throws IOException {
        ModelConfiguration model = TinyModel.model(Map.of("architecture", "modern", "block_size", 1024));
        try (Trainer trainer = Trainer.scratch(model, TinyModel.training(Map.of()))) {
            trainer.save(directory.resolve("model"), Map.of());
        }
        generator = Generator.load(directory.resolve("model"), WeightType.F32, "cpu");
    }

    @AfterAll
    static void close() {
        generator.close();
    }

    @Test
    void sequencesJoinAndLeaveBetweenSteps() {
        // Given one that has begun
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        try (GenerationBatch batch = generator.newBatch(BatchLimits.DEFAULT)) {
            batch.add(request("水", 3, 1), first);
            batch.step();
            batch.step();

            // When another joins it
            batch.add(request("星星", 4, 2), second);
            batch.step();

            // Then the first has ended with its third token, and the second has one
            assertThat(first.generation.tokens()).hasSize(3);
            assertThat(batch.running()).isEqualTo(1);
            for (int i = 0; i < 3; i++) {
                assertThat(second.generation).isNull();
                batch.step();
            }
            assertThat(second.generation.tokens()).hasSize(4);
            assertThat(batch.running()).isZero();
            assertThat(batch.cachedTokens()).isZero();
        }
    }

    @Test
    void aLongPromptDoesNotHoldUpTheOthers() {
        Recorder quick = new Recorder();
        Recorder slow = new Recorder();
        try (GenerationBatch batch = generator.newBatch(BatchLimits.DEFAULT)) {
            batch.add(request("水", 3, 1), quick);
            batch.step();
            batch.add(
                    GenerationRequest.to(new int[1000])
                            .maxNewTokens(2)
                            .alternatives(0)
                            .build(),
                    slow);

            batch.step();

            // 512 of its tokens are read, and the other has gone on
            assertThat(slow.tokens).isEmpty();
            batch.step();
            assertThat(quick.generation.tokens()).hasSize(3);
            assertThat(slow.tokens).hasSize(1);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        BatchLimits limits = new BatchLimits(2, 20, false);
        int prompt = Tokenizer.gpt2().encode("水").length;
        try (GenerationBatch batch = generator.newBatch(limits)) {
            // Given a sequence that alone may have more than the limit
            batch.add(request("水", 30, 1), GenerationListener.NONE);

            assertThat(batch.hasRoom(request("水", 1, 1))).isFalse();
            assertThat(batch.cachedTokens()).isEqualTo(30L + prompt);
            // 2 layers, keys and values, 16 channels of 4 bytes
            assertThat(batch.cacheBytes()).isEqualTo((30L + prompt) * 256);
            assertThatThrownBy(() -> batch.add(request("水", 1, 1), GenerationListener.NONE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the batch is full: it has 1 of 2 rows");
        }
        try (GenerationBatch batch = generator.newBatch(new BatchLimits(2, 1000, false))) {
            batch.add(request("水", 5, 1), GenerationListener.NONE);
            batch.add(request("水", 5, 1), GenerationListener.NONE);

            assertThat(batch.hasRoom(request("水", 5, 1))).isFalse();
        }
    }

    @Test
    void aListenerThatThrowsLeavesTheOthersAlone() {
        RuntimeException problem = new RuntimeException("no more");
        Recorder broken = new Recorder() {
            @Override
            public void text(String piece) {
                throw problem;
            }
        };
        Recorder healthy = new Recorder();
        try (GenerationBatch batch = generator.newBatch(BatchLimits.DEFAULT)) {
            batch.add(request("水", 20, 1), broken);
            batch.add(request("水", 20, 2), healthy);
            while (batch.running() > 0) {
                batch.step();
            }
        }
        assertThat(broken.failure).isSameAs(problem);
        assertThat(healthy.generation.tokens()).hasSizeBetween(1, 20);
    }

    @ParameterizedTest
    @EnumSource(
            value = WeightType.class,
            names = {"F32", "F16", "BF16", "INT8"})
    void aDeterministicTextIsTheSameWhateverElseIsInTheBatch(WeightType type) throws IOException {
        BatchLimits limits = new BatchLimits(6, 10_000, true);
        GenerationRequest request = request("星".repeat(30), 12, 7);
        try (Generator model = Generator.load(directory.resolve("model"), type, "cpu")) {
            Recorder alone = new Recorder();
            try (GenerationBatch batch = model.newBatch(limits)) {
                batch.add(request, alone);
                run(batch);
            }

            // When it joins three that have begun, and two more come later
            Recorder together = new Recorder();
            try (GenerationBatch batch = model.newBatch(limits)) {
                for (int i = 0; i < 3; i++) {
                    batch.add(request("水".repeat(i + 1), 20, i), GenerationListener.NONE);
                    batch.step();
                }
                batch.add(request, together);
                batch.step();
                batch.add(request("木".repeat(40), 3, 8), GenerationListener.NONE);
                batch.add(request("木", 3, 9), GenerationListener.NONE);
                run(batch);
            }

            // Then text, ids and log-probabilities are equal to the last bit
            assertThat(together.generation).isEqualTo(alone.generation);
        }
    }

    private static void run(GenerationBatch batch) {
        while (batch.running() > 0) {
            batch.step();
        }
    }

    private static GenerationRequest request(String prompt, int tokens, long seed) {
        return GenerationRequest.to(Tokenizer.gpt2().encode(prompt))
                .maxNewTokens(tokens)
                .temperature(1)
                .seed(seed)
                .repetition(RepetitionRule.NONE)
                .alternatives(2)
                .build();
    }

    private static class Recorder implements GenerationListener {
        private final List<TokenProbability> tokens = new ArrayList<>();
        private Generation generation;
        private RuntimeException failure;

        @Override
        public void text(String piece) {}

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
            failure = reason;
        }
    }
}
