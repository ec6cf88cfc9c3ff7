package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.CorruptCheckpointException;
import io.minigpt.gpt.checkpoint.LossTrend;
import io.minigpt.gpt.configuration.LossScope;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.data.Batches;
import io.minigpt.gpt.data.RandomWindows;
import io.minigpt.gpt.data.TokenFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"gpt2, float32", "gpt2, bfloat16", "modern, float32", "modern, bfloat16"})
    void aResumedRunIsTheUndisturbedOneBitForBit(String architecture, String dtype) throws IOException {
        // Given two runs of the same model with dropout, one of them to be stopped after 5 steps
        Batches data = randomWindows();
        Map<String, Object> training = Map.of("gradient_accumulation_steps", 2, "dtype", dtype);
        Path half = directory.resolve("half");
        List<Double> expected = new ArrayList<>();
        List<Double> actual = new ArrayList<>();
        ModelConfiguration model = TinyModel.model(Map.of("architecture", architecture, "dropout", 0.2));
        try (Trainer trainer = Trainer.scratch(model, TinyModel.training(training))) {
            steps(trainer, data, 10, expected);
            trainer.save(directory.resolve("whole"), Map.of());
        }
        try (Trainer trainer = Trainer.scratch(model, TinyModel.training(training))) {
            steps(trainer, data, 5, actual);
            trainer.save(half, Map.of());
        }

        // When
        try (Trainer trainer = Trainer.resume(half)) {
            steps(trainer, data, 5, actual);
            trainer.save(directory.resolve("resumed"), Map.of());
        }

        // Then losses, weights and moments are equal, and dropout was on
        assertThat(actual).isEqualTo(expected);
        for (String file : List.of(Checkpoint.MODEL_FILE, Checkpoint.OPTIMIZER_FILE)) {
            assertThat(directory.resolve("resumed").resolve(file))
                    .hasSameBinaryContentAs(directory.resolve("whole").resolve(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "modern"})
    void dropoutChangesTheSteps(String architecture) throws IOException {
        Batches data = randomWindows();
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        try (Trainer dropout = Trainer.scratch(
                        TinyModel.model(Map.of("architecture", architecture, "dropout", 0.2)),
                        TinyModel.training(Map.of()));
                Trainer none = Trainer.scratch(
                        TinyModel.model(Map.of("architecture", architecture)), TinyModel.training(Map.of()))) {
            steps(dropout, data, 2, with);
            steps(none, data, 2, without);
        }
        assertThat(with.getLast()).isNotEqualTo(without.getLast());
    }

    @Test
    void aForkHasTheWeightsButNotTheStepOrTheMoments() throws IOException {
        Batches data = randomWindows();
        Path base = directory.resolve("base");
        Evaluation before;
        try (Trainer trainer = trainer(Map.of())) {
            steps(trainer, data, 3, new ArrayList<>());
            before = trainer.evaluate(data, 2);
            trainer.save(base, Map.of());
        }

        try (Trainer fork = Trainer.fork(base, TinyModel.training(Map.of("max_iters", 7)), 0.5)) {
            assertThat(fork.evaluate(data, 2)).isEqualTo(before);
            assertThat(fork.step()).isZero();
            assertThat(fork.model().dropout()).isEqualTo(0.5);
            assertThat(fork.training().maxSteps()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "modern"})
    void learnsQuestionsAndAnswers(String architecture) throws IOException {
        Batches data = TinyModel.pairs(directory, LossScope.ANSWER);
        List<Double> losses = new ArrayList<>();
        try (Trainer trainer = Trainer.scratch(
                TinyModel.model(Map.of("architecture", architecture, "n_embd", 32, "block_size", 64)),
                TinyModel.training(Map.of("max_iters", 40, "learning_rate", 1e-2)))) {
            steps(trainer, data, 40, losses);
        }
        assertThat(losses.getFirst()).isGreaterThan(10);
        assertThat(losses.getLast()).isLessThan(2);
    }

    @Test
    void manyStepsLeaveNothingBehind() throws IOException {
        Batches data = randomWindows();
        try (Trainer trainer = trainer(Map.of())) {
            steps(trainer, data, 20, new ArrayList<>());
            int before = Footprint.liveArrays(trainer);
            long memory = Footprint.residentKilobytes();

            steps(trainer, data, 150, new ArrayList<>());

            assertThat(Footprint.liveArrays(trainer)).isEqualTo(before);
            assertThat(Footprint.residentKilobytes()).isLessThan(memory + memory / 4);
        }
    }

    @Test
    void aLossThatRisesAboveItsLowestEndsTheRun() throws IOException {
        // Given a model that hardly learns, so that its average loss goes up and down by some thousandths
        Batches data = randomWindows();
        Map<String, Object> still = Map.of("learning_rate", 1e-9, "max_iters", 100);
        try (Trainer guarded = trainer(TinyModel.with(still, "max_loss_rise", 1e-4));
                Trainer free = trainer(TinyModel.with(still, "max_loss_rise", 0))) {

            assertThatThrownBy(() -> steps(guarded, data, 100, new ArrayList<>()))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("diverged at step ")
                    .hasMessageContaining("more than max_loss_rise, 1.0E-4")
                    .hasMessageContaining("learning_rate");

            steps(free, data, (int) guarded.step() + 1, new ArrayList<>());
            assertThat(free.step()).isEqualTo(guarded.step() + 1);
        }
    }

    @Test
    void aGradientThatIsNoNumberNamesItsWeight() throws IOException {
        Batches data = randomWindows();
        try (Trainer trainer = trainer(Map.of());
                NDManager manager = trainer.network().manager().newSubManager()) {
            NDArray gradient = trainer.network().gradients().get(2);
            trainer.network().copy(gradient, 1, manager.full(new Shape(16), Float.NaN));

            assertThatThrownBy(() -> trainer.step(data))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("step 1")
                    .hasMessageContaining("transformer.h.*.ln_1.weight");
        }
    }

    @Test
    void aLossThatIsNoNumberEndsTheRun() throws IOException {
        Batches data = randomWindows();
        try (Trainer trainer = trainer(Map.of());
                NDManager manager = trainer.network().manager().newSubManager()) {
            NDArray embedding = trainer.network().weights().getFirst();
            trainer.network().copy(embedding, -1, manager.full(embedding.getShape(), Float.NaN));

            assertThatThrownBy(() -> trainer.step(data))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("step 1")
                    .hasMessageContaining("the loss is NaN in batch 1 of 1")
                    .hasMessageContaining("learning_rate");
        }
    }

    @Test
    void aTruncatedCheckpointIsRefused() throws IOException {
        Path checkpoint = saved();
        try (RandomAccessFile file =
                new RandomAccessFile(checkpoint.resolve(Checkpoint.MODEL_FILE).toFile(), "rw")) {
            file.setLength(file.length() - 4);
        }

        assertThatThrownBy(() -> Trainer.resume(checkpoint))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining(Checkpoint.MODEL_FILE)
                .hasMessageContaining("bytes instead of");
    }

    @Test
    void aChangedCheckpointIsRefused() throws IOException {
        Path checkpoint = saved();
        try (RandomAccessFile file = new RandomAccessFile(
                checkpoint.resolve(Checkpoint.OPTIMIZER_FILE).toFile(), "rw")) {
            file.seek(file.length() - 2);
            file.write(77);
        }

        assertThatThrownBy(() -> Trainer.resume(checkpoint))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining(Checkpoint.OPTIMIZER_FILE)
                .hasMessageContaining("sha256");
    }

    @Test
    void aCheckpointWithoutDescriptionIsRefused() throws IOException {
        Path checkpoint = saved();
        Files.delete(checkpoint.resolve(Checkpoint.METADATA_FILE));

        assertThatThrownBy(() -> Trainer.resume(checkpoint))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void aDescriptionWithoutATrendIsRead() throws IOException {
        // Given a checkpoint of a version that knew no trend
        Path checkpoint = saved();
        Path description = checkpoint.resolve(Checkpoint.METADATA_FILE);
        ObjectMapper json = new ObjectMapper();
        ObjectNode document = (ObjectNode) json.readTree(Files.readAllBytes(description));
        document.remove(List.of("averageLoss", "lowestAverageLoss", "evaluationsWithoutImprovement", "evaluatedStep"));
        Files.write(description, json.writeValueAsBytes(document));

        assertThat(Checkpoint.read(checkpoint).trend()).isEqualTo(LossTrend.NONE);

        // but what every version knew is needed
        document.remove("engine");
        Files.write(description, json.writeValueAsBytes(document));
        assertThatThrownBy(() -> Checkpoint.read(checkpoint))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining("is missing");
    }

    @Test
    void aCheckpointIsNeverOverwritten() throws IOException {
        Path checkpoint = saved();
        try (Trainer trainer = trainer(Map.of())) {
            assertThatThrownBy(() -> trainer.save(checkpoint, Map.of())).isInstanceOf(FileAlreadyExistsException.class);
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(checkpoint);
        }
    }

    @Test
    void aCheckpointSaysWhatItIs() throws IOException {
        Path target = directory.resolve("described");
        try (Trainer trainer = trainer(Map.of("seed", 99))) {
            trainer.validated(3.5);
            double loss = trainer.step(randomWindows()).loss();
            trainer.validated(3.6);
            trainer.save(target, Map.of("dataset", "demo:4"));

            Checkpoint checkpoint = Checkpoint.read(target);

            assertThat(checkpoint.model()).isEqualTo(trainer.model());
            assertThat(checkpoint.training()).isEqualTo(trainer.training());
            assertThat(checkpoint.provenance()).containsExactly(Map.entry("dataset", "demo:4"));
            assertThat(checkpoint.bestValidationLoss()).hasValue(3.5);
            assertThat(checkpoint.trend())
                    .isEqualTo(new LossTrend(OptionalDouble.of(loss), OptionalDouble.of(loss), 1, 1));
            assertThat(checkpoint.engine()).contains("libtorch");
        }
    }

    private Path saved() throws IOException {
        Path target = directory.resolve("checkpoint");
        try (Trainer trainer = trainer(Map.of())) {
            trainer.save(target, Map.of());
        }
        return target;
    }

    private static Trainer trainer(Map<String, ?> training) {
        return Trainer.scratch(TinyModel.model(Map.of("dropout", 0.2)), TinyModel.training(training));
    }

    private Batches randomWindows() throws IOException {
        Path file = Files.createTempFile("tokens", ".bin");
        List<Integer> ids = new ArrayList<>();
        new SplittableRandom(1).ints(500, 0, 50_257).forEach(ids::add);
        TokenFile tokens = TinyModel.tokens(file, ids);
        Files.delete(file);
        return new RandomWindows(tokens, 2, 24, 1);
    }

    private static void steps(Trainer trainer, Batches data, int steps, List<Double> losses) {
        for (int i = 0; i < steps; i++) {
            losses.add(trainer.step(data).loss());
        }
    }
}
