package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceNeedsTest {
    private static final ModelConfiguration SHAPE = ModelConfiguration.of(Map.of("n_layer", 12));

    @Test
    void aRunThatAsksForAGpuRunsOnACpuOnlyIfThatIsAllowed() {
        assertThat(needs("cuda", false).lacking(false, 0)).contains("it asks for a GPU");
        assertThat(needs("cuda:1", false).lacking(true, 0)).isEmpty();
        assertThat(needs("cuda", true).lacking(false, 0)).isEmpty();
        assertThat(needs("auto", false).lacking(false, 0)).isEmpty();
        assertThat(needs("cpu", false).lacking(true, 0)).isEmpty();
    }

    @Test
    void aModelThatDoesNotFitIsRefusedWithBothFigures() {
        // 123,653,376 weights, each with its gradient and two moments in f32
        DeviceNeeds needs = needs("auto", false);

        assertThat(needs.memoryBytes()).isEqualTo(16 * SHAPE.parameters());
        assertThat(needs.lacking(false, 1_000_000_000)).contains("it needs 2.0 GB of memory, more than 1.0 GB");
        assertThat(needs.lacking(false, 2_000_000_000)).isEmpty();
        assertThat(needs.lacking(false, 0)).isEmpty();
        assertThat(DeviceNeeds.of(TrainingConfiguration.of(Map.of()), Optional.empty(), false)
                        .memoryBytes())
                .isZero();
    }

    private static DeviceNeeds needs(String device, boolean cpuAllowed) {
        return DeviceNeeds.of(TrainingConfiguration.of(Map.of("device", device)), Optional.of(SHAPE), cpuAllowed);
    }
}
