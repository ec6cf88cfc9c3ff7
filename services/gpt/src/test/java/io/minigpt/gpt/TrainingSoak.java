package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.minigpt.gpt.data.RandomWindows;
import io.minigpt.gpt.data.TokenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory stays flat over many steps, with evaluations and checkpoints in between. */
class TrainingSoak {
    private static final int STEPS = 2_000;
    private static final int SETTLED = 200;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "modern"})
    @Timeout(600)
    void twoThousandStepsLeaveNothingBehind(String architecture) throws IOException {
        List<Integer> ids =
                new SplittableRandom(1).ints(5_000, 0, 50_257).boxed().toList();
        try (TokenFile tokens = TinyModel.tokens(directory.resolve("tokens.bin"), ids);
                Trainer trainer = Trainer.scratch(
                        TinyModel.model(Map.of("architecture", architecture, "dropout", 0.1)),
                        TinyModel.training(Map.of("max_iters", STEPS, "dtype", "auto")))) {
            RandomWindows data = new RandomWindows(tokens, 2, 24, 1);
            int arrays = 0;
            long kilobytes = 0;
            for (int step = 1; step <= STEPS; step++) {
                trainer.step(data);
                if (step % SETTLED == 0) {
                    trainer.evaluate(data, 2);
                    trainer.save(directory.resolve("step-" + step), Map.of());
                    System.out.printf(
                            "%s, step %d: %d arrays, %d kB resident%n",
                            architecture, step, Footprint.liveArrays(trainer), Footprint.residentKilobytes());
                }
                if (step == SETTLED) {
                    arrays = Footprint.liveArrays(trainer);
                    kilobytes = Footprint.residentKilobytes();
                }
            }

            assertThat(Footprint.liveArrays(trainer)).isEqualTo(arrays);
            assertThat((double) Footprint.residentKilobytes()).isCloseTo(kilobytes, withinPercentage(5));
        }
    }
}
