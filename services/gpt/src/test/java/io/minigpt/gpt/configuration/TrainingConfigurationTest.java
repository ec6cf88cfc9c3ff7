package io.minigpt.gpt.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingConfigurationTest {
    @Test
    void jsonGivesItBack() {
        TrainingConfiguration training = TrainingConfiguration.of(
                Map.of("learning_rate", 6e-4, "device", "cuda:1", "loss", "answer", "seed", 1L << 40));

        assertThat(TrainingConfiguration.fromJson(training.toJson())).isEqualTo(training);
        TrainingConfiguration other =
                training.with(Map.of("cross_record_attention", true, "patience", 3, "max_loss_rise", 0.5));
        assertThat(TrainingConfiguration.fromJson(other.toJson())).isEqualTo(other);
        assertThat(other.patience()).isEqualTo(3);
        assertThat(other.maxLossRise()).isEqualTo(0.5);
        assertThat(other.crossRecordAttention()).isTrue();
        assertThat(training.toJson()).contains("\"learning_rate\":0.0006", "\"seed\":1099511627776");
    }

    @Test
    void readsNumbersWithExponents(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("t.yaml"), "learning_rate: 2e-3\nmin_lr: 2.0e-4\n");

        TrainingConfiguration training = TrainingConfiguration.read(file, Map.of("max_iters", 600));

        assertThat(training.learningRate()).isEqualTo(0.002);
        assertThat(training.minLearningRate()).isEqualTo(0.0002);
        assertThat(training.decaySteps()).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource({
        "batch_size, 0, at least 1",
        "min_lr, 1, 0 to learning_rate",
        "warmup_iters, 20000, 0 to max_iters",
        "beta2, 1, less than 1",
        "device, gpu, 'auto, cpu, cuda or cuda:N'",
        "dtype, float16, 'one of auto, bfloat16, float32'",
        "patience, -1, at least 0",
        "max_loss_rise, -2, at least 0",
        "cross_record_attention, maybe, true or false",
        "epochs, 3, max_iters"
    })
    void aBadValueIsRefusedWithItsKeyAndWhatIsAllowed(String key, String text, String allowed) {
        Object value = text.matches("-?\\d+") ? Integer.valueOf(text) : text;

        assertThatThrownBy(() -> TrainingConfiguration.of(Map.of(key, value)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageStartingWith(key + " is ")
                .hasMessageContaining(allowed);
    }

    @Test
    void theLearningRateRisesThenFallsAsACosine() {
        TrainingConfiguration training = TrainingConfiguration.of(Map.of(
                "learning_rate", 1e-2, "min_lr", 1e-3, "warmup_iters", 9, "lr_decay_iters", 109, "max_iters", 200));

        assertThat(training.learningRateAt(0)).isCloseTo(1e-3, within(1e-12));
        assertThat(training.learningRateAt(8)).isCloseTo(9e-3, within(1e-12));
        assertThat(training.learningRateAt(9)).isCloseTo(1e-2, within(1e-12));
        assertThat(training.learningRateAt(59)).isCloseTo(5.5e-3, within(1e-12));
        assertThat(training.learningRateAt(109)).isCloseTo(1e-3, within(1e-12));
        assertThat(training.learningRateAt(150)).isEqualTo(1e-3);
    }

    @Test
    void theLearningRateCanStay() {
        TrainingConfiguration training = TrainingConfiguration.of(Map.of("decay_lr", false));

        assertThat(training.learningRateAt(0)).isEqualTo(training.learningRate());
        assertThat(training.learningRateAt(9_999)).isEqualTo(training.learningRate());
    }
}
