package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.configuration.LossScope;
import io.minigpt.gpt.configuration.WeightType;
import io.minigpt.gpt.data.Batches;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    @TempDir
    private static Path directory;

    private static Generator trained;
    private static Generator untrained;

    @BeforeAll
    static void train() throws IOException {
        Batches data = TinyModel.pairs(directory, LossScope.ANSWER);
        try (Trainer trainer = Trainer.scratch(
                TinyModel.model(Map.of("n_embd", 32, "block_size", 64)),
                TinyModel.training(Map.of("max_iters", 60, "learning_rate", 1e-2)))) {
            trainer.save(directory.resolve("untrained"), Map.of());
            for (int i = 0; i < 60; i++) {
                trainer.step(data);
            }
            trainer.save(directory.resolve("trained"), Map.of());
        }
        trained = Generator.load(directory.resolve("trained"), WeightType.F32, "cpu");
        untrained = Generator.load(directory.resolve("untrained"), WeightType.F16, "cpu");
    }

    @AfterAll
    static void close() {
        trained.close();
        untrained.close();
    }

    @Test
    void answersWhatItLearned() {
        TinyModel.PAIRS.forEach((question, answer) -> {
            List<String> pieces = new ArrayList<>();

            Generation generation = trained.generate(
                    GenerationRequest.greedy(PairTemplate.STANDARD.promptTokens(question), 40), pieces::add);

            assertThat(generation.text().strip()).isEqualTo(answer);
            assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(generation.tokens()).endsWith(Tokenizer.END_OF_TEXT);
            assertThat(String.join("", pieces)).isEqualTo(generation.text());
        });
    }

    @Test
    void aBatchGivesWhatEachRequestGivesAlone() {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int seed = 0; seed < 5; seed++) {
            requests.add(sampled("水".repeat(seed + 1), 5 + 3 * seed, seed, ContextOverflow.STOP));
        }

        List<Generation> together = trained.generateAll(requests);

        assertThat(together)
                .isEqualTo(requests.stream()
                        .map(request -> trained.generate(request, GenerationListener.NONE))
                        .toList());
    }

    @Test
    void theRandomStreamDependsOnTheSeed() {
        Generation first = generate(sampled("水", 20, 1, ContextOverflow.STOP));
        Generation again = generate(sampled("水", 20, 1, ContextOverflow.STOP));
        Generation other = generate(sampled("水", 20, 2, ContextOverflow.STOP));

        assertThat(again).isEqualTo(first);
        assertThat(other.tokens()).isNotEqualTo(first.tokens());
    }

    @Test
    void anUntrainedModelWritesValidUtf8() {
        for (int seed = 0; seed < 5; seed++) {
            Generation generation = generate(sampled("水", 30, seed, ContextOverflow.STOP));

            String decoded = Tokenizer.gpt2().decode(generation.tokens());
            assertThat(generation.text()).doesNotContain("\ufffd");
            // what the length limit cut in half is the only difference
            assertThat(decoded.replaceAll("\ufffd+$", "")).isEqualTo(generation.text());
        }
    }

    @Test
    void endsWhenTheContextIsFull() {
        Generation generation = generate(sampled("水", 500, 3, ContextOverflow.STOP));

        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(generation.promptTokens() + generation.tokens().size()).isEqualTo(65);
    }

    @Test
    void slidesWhenTheContextIsFull() {
        Generation generation = generate(sampled("水", 200, 3, ContextOverflow.SLIDE));

        assertThat(generation.tokens()).hasSize(200);
        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void refusesAPromptThatDoesNotFit() {
        assertThatThrownBy(() -> generate(sampled("水".repeat(80), 5, 1, ContextOverflow.STOP)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 64");
    }

    @Test
    void stopsWhenCancelled() {
        Generation generation = untrained.generate(sampled("水", 30, 1, ContextOverflow.STOP), new GenerationListener() {
            private int asked;

            @Override
            public void text(String piece) {}

            @Override
            public boolean cancelled() {
                return ++asked > 4;
            }
        });

        assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(generation.tokens()).hasSize(4);
    }

    @Test
    void concurrentGenerationsGiveWhatEachGivesAlone() {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            requests.add(sampled("星", 15, seed, ContextOverflow.STOP));
        }
        List<Generation> alone = requests.stream().map(GeneratorTest::generate).toList();

        List<CompletableFuture<Generation>> concurrent = requests.stream()
                .map(request -> CompletableFuture.supplyAsync(
                        () -> generate(request), task -> Thread.ofVirtual().start(task)))
                .toList();

        assertThat(concurrent.stream().map(CompletableFuture::join).toList()).isEqualTo(alone);
    }

    @Test
    void endsBeforeAStopString() {
        String question = "水的化学式是什么？";
        List<String> pieces = new ArrayList<>();

        Generation generation = trained.generate(
                GenerationRequest.to(PairTemplate.STANDARD.promptTokens(question))
                        .stop("是H", "。")
                        .build(),
                pieces::add);

        assertThat(generation.text()).isEqualTo(" 水的化学式");
        assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP_STRING);
        assertThat(String.join("", pieces)).isEqualTo(generation.text());
    }

    @Test
    void tellsHowProbableEachTokenWas() {
        int[] prompt = PairTemplate.STANDARD.promptTokens("水的化学式是什么？");
        List<TokenProbability> heard = new ArrayList<>();

        Generation generation =
                trained.generate(GenerationRequest.to(prompt).alternatives(3).build(), new GenerationListener() {
                    @Override
                    public void text(String piece) {}

                    @Override
                    public void token(TokenProbability token) {
                        heard.add(token);
                    }
                });

        // Then greedy tokens are the likeliest alternative, and together they have the probability of a score
        assertThat(generation.probabilities())
                .isEqualTo(heard)
                .extracting(TokenProbability::id)
                .isEqualTo(generation.tokens());
        assertThat(heard).allSatisfy(token -> {
            assertThat(token.alternatives())
                    .hasSize(3)
                    .isSortedAccordingTo((a, b) -> Double.compare(b.logProbability(), a.logProbability()));
            assertThat(token.alternatives().getFirst().id()).isEqualTo(token.id());
            assertThat(token.alternatives().getFirst().logProbability()).isEqualTo(token.logProbability());
        });
        double sum =
                heard.stream().mapToDouble(TokenProbability::logProbability).sum();
        int[] tokens = generation.tokens().stream().mapToInt(Integer::intValue).toArray();
        assertThat(trained.score(List.of(new Continuation(prompt, tokens)))
                        .getFirst()
                        .logProbability())
                .isCloseTo(sum, within(1e-2));
    }

    @Test
    void whatItIsAskedBetweenStepsCanEndIt() {
        List<GenerationRequest> requests =
                List.of(sampled("水", 30, 1, ContextOverflow.STOP), sampled("星", 30, 2, ContextOverflow.STOP));
        RuntimeException stop = new RuntimeException("stop");
        int[] asked = {0};

        assertThatThrownBy(() -> untrained.generateAll(requests, () -> {
                    if (++asked[0] == 3) {
                        throw stop;
                    }
                }))
                .isSameAs(stop);

        // and the model goes on
        assertThat(asked[0]).isEqualTo(3);
        assertThat(generate(requests.getFirst()).tokens()).isNotEmpty();
        assertThatThrownBy(() -> untrained.score(List.of(new Continuation(new int[1], new int[1])), () -> {
                    throw stop;
                }))
                .isSameAs(stop);
    }

    @Test
    void moreThanTheBatchHoldsTakeTurns() throws IOException {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int seed = 0; seed < 7; seed++) {
            requests.add(sampled("水", 4 + seed, seed, ContextOverflow.STOP));
        }
        BatchLimits limits = new BatchLimits(3, 20, 512);
        try (Generator small = Generator.load(directory.resolve("untrained"), WeightType.F16, "cpu", limits)) {
            List<Generation> generations = small.generateAll(requests);

            assertThat(generations)
                    .isEqualTo(requests.stream().map(GeneratorTest::generate).toList());
        }
    }

    @Test
    void scoresTheEndOfATextThatDoesNotFit() {
        int[] tokens = Tokenizer.gpt2().encode("水".repeat(100));

        Score score =
                trained.score(List.of(new Continuation(new int[] {1}, tokens))).getFirst();

        assertThat(score.tokens()).isEqualTo(64);
    }

    @Test
    void scoresAnAnswerByItsTokensAlone() {
        String question = TinyModel.PAIRS.keySet().iterator().next();
        int[] prompt = PairTemplate.STANDARD.promptTokens(question);
        int[] right = PairTemplate.STANDARD.answerTokens(TinyModel.PAIRS.get(question));
        int[] wrong = PairTemplate.STANDARD.answerTokens("不知道。");

        List<Score> scores = trained.score(List.of(new Continuation(prompt, right), new Continuation(prompt, wrong)));

        assertThat(scores.getFirst().perplexity()).isLessThan(2);
        assertThat(scores.getLast().perplexity()).isGreaterThan(10);
        assertThat(scores.getFirst().tokens()).isEqualTo(right.length);
        assertThat(trained.score(List.of(new Continuation(prompt, wrong)))
                        .getFirst()
                        .logProbability())
                .isCloseTo(scores.getLast().logProbability(), within(1e-3));
    }

    @Test
    void aClosedModelRefuses() throws IOException {
        Generator generator = Generator.load(directory.resolve("untrained"), WeightType.F32, "cpu");
        generator.close();

        assertThatThrownBy(() -> generator.generate(sampled("水", 5, 1, ContextOverflow.STOP), GenerationListener.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private static Generation generate(GenerationRequest request) {
        return untrained.generate(request, GenerationListener.NONE);
    }

    private static GenerationRequest sampled(String prompt, int tokens, long seed, ContextOverflow overflow) {
        return GenerationRequest.to(Tokenizer.gpt2().encode(prompt))
                .maxNewTokens(tokens)
                .temperature(1)
                .seed(seed)
                .repetition(RepetitionRule.NONE)
                .overflow(overflow)
                .build();
    }
}
