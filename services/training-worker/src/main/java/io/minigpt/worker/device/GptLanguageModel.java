package io.minigpt.worker.device;

import io.minigpt.gpt.Continuation;
import io.minigpt.gpt.FinishReason;
import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.Generator;
import io.minigpt.gpt.Score;
import io.minigpt.gpt.configuration.WeightType;
import io.minigpt.gpt.data.Batch;
import io.minigpt.gpt.data.FixedWindows;
import io.minigpt.gpt.data.TokenFile;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.torch.TorchRuntime;
import io.minigpt.worker.EvaluationItem;
import io.minigpt.worker.EvaluationPlan;
import io.minigpt.worker.LanguageModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A language model on this process's libtorch. */
final class GptLanguageModel implements LanguageModel {

    /** Enough windows for a stable mean, few enough for a large validation split to take seconds. */
    private static final int VALIDATION_BATCHES = 16;

    private final Generator generator;
    private final EvaluationPlan plan;
    private final Optional<TokenFile> validation;

    GptLanguageModel(Generator generator, EvaluationPlan plan, Optional<TokenFile> validation) {
        this.generator = generator;
        this.plan = plan;
        this.validation = validation;
    }

    /** Loads a checkpoint for evaluation. */
    static Generator load(Path checkpoint, String device) throws IOException {
        // large batches are computed, not read from memory: bf16 is the fastest type for them
        WeightType weights = TorchRuntime.hasBf16(TorchRuntime.device(device)) ? WeightType.BF16 : WeightType.F32;
        return Generator.load(checkpoint, weights, device);
    }

    @Override
    public List<Answer> answer(List<EvaluationItem> items, double temperature, Runnable checkStop) {
        return generator
                .generateAll(
                        items.stream().map(item -> request(item, temperature)).toList(), checkStop)
                .stream()
                .map(GptLanguageModel::answer)
                .toList();
    }

    @Override
    public Speed time(EvaluationItem item, double temperature, Runnable checkStop) {
        FirstStep first = new FirstStep();
        long start = System.nanoTime();
        Generation generation = generator
                .generateAll(List.of(request(item, temperature)), () -> {
                    checkStop.run();
                    first.beforeStep();
                })
                .getFirst();
        long end = System.nanoTime();
        return new Speed(
                Duration.ofNanos(first.endOr(end) - start),
                Duration.ofNanos(end - start),
                generation.tokens().size());
    }

    @Override
    public List<Score> score(List<EvaluationItem> items, Runnable checkStop) {
        return generator.score(
                items.stream()
                        .map(item -> new Continuation(item.prompt(), item.target()))
                        .toList(),
                checkStop);
    }

    @Override
    public Optional<Score> scoreValidation(Runnable checkStop) {
        int columns = generator.model().blockSize();
        if (validation.isEmpty() || validation.get().size() <= columns) {
            return Optional.empty();
        }
        FixedWindows windows =
                new FixedWindows(validation.get(), plan.settings().batchSize(), columns, VALIDATION_BATCHES);
        Score all = new Score(0, 0, 0);
        for (int number = 0; number < windows.size(); number++) {
            for (Score score : generator.score(continuations(windows.batch(number)), checkStop)) {
                all = new Score(
                        all.logProbability() + score.logProbability(),
                        all.tokens() + score.tokens(),
                        all.bytes() + score.bytes());
            }
        }
        return Optional.of(all);
    }

    private static Answer answer(Generation generation) {
        int[] tokens = generation.tokens().stream().mapToInt(Integer::intValue).toArray();
        return new Answer(
                generation.text().strip(),
                Tokenizer.gpt2().decode(tokens),
                tokens.length,
                generation.finishReason() == FinishReason.STOP);
    }

    /** Notes when the step that gives the first token is over: when the next one begins. */
    private static final class FirstStep {
        private int steps;
        private long end;

        void beforeStep() {
            steps++;
            if (steps == 2) {
                end = System.nanoTime();
            }
        }

        /** @param whole the end of the generation, which is that of a step that was the only one */
        long endOr(long whole) {
            return steps < 2 ? whole : end;
        }
    }

    private GenerationRequest request(EvaluationItem item, double temperature) {
        return GenerationRequest.to(item.prompt())
                .maxNewTokens(item.maxNewTokens())
                .temperature(temperature)
                .topK(plan.settings().topK())
                .seed(plan.settings().seed())
                // a prompt longer than the context is answered too, from what the model can see of it
                .overflow(ContextOverflow.SLIDE)
                .build();
    }

    private static List<Continuation> continuations(Batch batch) {
        List<Continuation> rows = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            int from = row * batch.columns();
            long[] targets = Arrays.copyOfRange(batch.targets(), from, from + batch.columns());
            rows.add(new Continuation(
                    new int[] {(int) batch.inputs()[from]},
                    Arrays.stream(targets).mapToInt(target -> (int) target).toArray()));
        }
        return rows;
    }
}
