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
        BatchLimits limits = new BatchLimits(2, 20, 512);
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
        try (GenerationBatch batch = generator.newBatch(new BatchLimits(2, 1000, 512))) {
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
        BatchLimits limits = new BatchLimits(6, 10_000, 16);
        GenerationRequest request = deterministic("星".repeat(30), 12, 7);
        try (Generator model = Generator.load(directory.resolve("model"), type, "cpu")) {
            Recorder alone = new Recorder();
            try (GenerationBatch batch = model.newBatch(limits)) {
                batch.add(request, alone);
                run(batch);
            }

            // When it joins three that have begun, and two more come later, one of them like it
            Recorder together = new Recorder();
            try (GenerationBatch batch = model.newBatch(limits)) {
                for (int i = 0; i < 3; i++) {
                    batch.add(request("水".repeat(i + 1), 20, i), GenerationListener.NONE);
                    batch.step();
                }
                batch.add(request, together);
                batch.step();
                batch.add(request("木".repeat(40), 3, 8), GenerationListener.NONE);
                batch.add(deterministic("木".repeat(20), 3, 9), GenerationListener.NONE);
                run(batch);
            }

            // Then text, ids and log-probabilities are equal to the last bit
            assertThat(together.generation).isEqualTo(alone.generation);
        }
    }

    @Test
    void aShortPromptDoesNotWaitForALongOneBeforeIt() {
        BatchLimits limits = new BatchLimits(4, 10_000, 64);
        Recorder shortOne = new Recorder();
        Recorder longOne = new Recorder();
        Recorder apart = new Recorder();
        try (GenerationBatch batch = generator.newBatch(limits)) {
            batch.add(request("水".repeat(200), 2, 1), longOne);
            batch.add(deterministic("木".repeat(40), 2, 3), apart);
            batch.step();
            batch.add(request("星".repeat(8), 2, 2), shortOne);

            // the deterministic one had its turn before the short one joined, and has it before the others again
            batch.step();
            batch.step();
            assertThat(shortOne.tokens).hasSize(1);
            assertThat(longOne.tokens).isEmpty();
            for (int i = 0; i < 4; i++) {
                batch.step();
            }
            assertThat(apart.generation).isNotNull();
            run(batch);
            assertThat(longOne.generation).isNotNull();
        }
    }

    @Test
    void everyTextIsWhatItIsAlone() {
        // Given f32 weights, which no batch rounds so differently that another token is drawn
        List<GenerationRequest> requests = List.of(
                request("水".repeat(50), 9, 1), request("星星", 5, 2), request("木", 12, 3), request("a".repeat(99), 3, 4));
        List<List<Integer>> alone = requests.stream()
                .map(request ->
                        generator.generate(request, GenerationListener.NONE).tokens())
                .toList();

        List<Recorder> together =
                requests.stream().map(request -> new Recorder()).toList();
        try (GenerationBatch batch = generator.newBatch(new BatchLimits(4, 10_000, 24))) {
            for (int i = 0; i < requests.size(); i++) {
                batch.add(requests.get(i), together.get(i));
                batch.step();
            }
            run(batch);
        }

        assertThat(together.stream()
                        .map(recorder -> recorder.generation.tokens())
                        .toList())
                .isEqualTo(alone);
    }

    @Test
    void malformedTextIsAllowedOnRequest() {
        // Given a text whose every token is drawn from all, whether it continues a character or not
        GenerationRequest.Builder request = GenerationRequest.to(new int[] {1})
                .maxNewTokens(300)
                .temperature(100)
                .repetition(RepetitionRule.NONE);

        Generation banned = generator.generate(request.build(), GenerationListener.NONE);
        Generation allowed = generator.generate(request.wellFormed(false).build(), GenerationListener.NONE);

        assertThat(Tokenizer.gpt2().decode(banned.tokens())).doesNotContain("\ufffd");
        assertThat(Tokenizer.gpt2().decode(allowed.tokens())).contains("\ufffd");
        assertThat(allowed.text()).doesNotContain("\ufffd");
    }

    private static void run(GenerationBatch batch) {
        while (batch.running() > 0) {
            batch.step();
        }
    }

    private static GenerationRequest request(String prompt, int tokens, long seed) {
        return sampled(prompt, tokens, seed).build();
    }

    private static GenerationRequest deterministic(String prompt, int tokens, long seed) {
        return sampled(prompt, tokens, seed).deterministic(true).build();
    }

    private static GenerationRequest.Builder sampled(String prompt, int tokens, long seed) {
        return GenerationRequest.to(Tokenizer.gpt2().encode(prompt))
                .maxNewTokens(tokens)
                .temperature(1)
                .seed(seed)
                .repetition(RepetitionRule.NONE)
                .alternatives(2);
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
