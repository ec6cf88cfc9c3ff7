package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.TrainingLoop.End;
import io.minigpt.gpt.configuration.LossScope;
import io.minigpt.gpt.data.PackedRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {
    @TempDir
    private Path directory;

    private final List<Long> measured = new ArrayList<>();
    private final List<Boolean> evaluated = new ArrayList<>();
    private int asked;

    @Test
    void measuresAndEvaluatesOnTheWay() throws IOException {
        End end = run(Map.of("max_iters", 7, "log_interval", 3, "eval_interval", 4), 100);

        assertThat(end).isEqualTo(End.LAST_STEP);
        assertThat(measured).containsExactly(1L, 3L, 6L, 7L);
        // before the first step, after 4 and after the last
        assertThat(evaluated).containsExactly(true, true, true);
    }

    @Test
    void endsWhenTheValidationLossNoLongerFalls() throws IOException {
        // Given a learning rate with which it rises
        Map<String, Object> wild = Map.of(
                "max_iters",
                50,
                "eval_interval",
                2,
                "patience",
                2,
                "learning_rate",
                1.0,
                "grad_clip",
                0,
                "max_loss_rise",
                0);

        End end = run(wild, 1_000);

        assertThat(end).isEqualTo(End.OUT_OF_PATIENCE);
        assertThat(evaluated).endsWith(false, false).hasSizeLessThan(20);
    }

    @Test
    void aCancelledRunEndsInTheMiddleOfAnEvaluation() throws IOException {
        // Given an evaluation of 3 batches before the first step
        End end = run(Map.of("max_iters", 7), 2);

        assertThat(end).isEqualTo(End.CANCELLED);
        assertThat(asked).isEqualTo(3);
        assertThat(evaluated).isEmpty();
    }

    private End run(Map<String, ?> training, int cancelAfter) throws IOException {
        PackedRecords data = TinyModel.pairs(directory, LossScope.ALL);
        try (Trainer trainer =
                Trainer.scratch(TinyModel.model(Map.of("block_size", 64)), TinyModel.training(training))) {
            return new TrainingLoop(trainer, data, data, 3).run(new TrainingLoop.Listener() {
                @Override
                public void measured(StepMetrics metrics) {
                    measured.add(metrics.step());
                }

                @Override
                public void evaluated(Evaluation evaluation, boolean best) {
                    evaluated.add(best);
                }

                @Override
                public boolean cancelled() {
                    return asked++ >= cancelAfter;
                }
            });
        }
    }
}
