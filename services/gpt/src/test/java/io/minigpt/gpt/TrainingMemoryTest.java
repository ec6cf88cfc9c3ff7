package io.minigpt.gpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.data.Batch;
import io.minigpt.gpt.torch.DeviceMemoryException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
    private static final ModelConfiguration HUGE =
            ModelConfiguration.of(Map.of("n_layer", 256, "n_head", 256, "n_embd", 65_536));

    @Test
    void aBatchThatNoMachineCanHoldIsRefusedBeforeItIsTried() {
        TrainingMemory memory = new TrainingMemory(HUGE, true, true);

        assertThatThrownBy(() -> memory.requirePass(Batch.empty(1_024, 1_024)))
                .isInstanceOf(DeviceMemoryException.class)
                .hasMessageContaining("a batch of 1024 x 1024 tokens needs about")
                .hasMessageContaining("lower batch_size");
    }

    @Test
    void aModelThatNoMachineCanHoldIsRefusedBeforeItIsTried() {
        assertThatThrownBy(() -> Trainer.scratch(HUGE, TinyModel.training(Map.of())))
                .isInstanceOf(DeviceMemoryException.class)
                .hasMessageContaining("training a model of " + HUGE.parameters() + " weights needs about")
                .hasMessageContaining("the size of the model");
    }

    @Test
    void countsWeightsGradientsMomentsAndCopies() {
        ModelConfiguration model = TinyModel.model(Map.of());

        assertThat(new TrainingMemory(model, false, true).state()).isEqualTo(16.0 * model.parameters());
        assertThat(new TrainingMemory(model, true, true).state()).isEqualTo(18.0 * model.parameters());
    }

    @Test
    void attentionWeightsCountWhereTheyAreHeld() {
        ModelConfiguration model = TinyModel.model(Map.of());
        Batch batch = Batch.empty(3, 10);

        double unfused = new TrainingMemory(model, true, false).pass(batch);
        double fused = new TrainingMemory(model, true, true).pass(batch);

        // 2 bytes, 2 layers, 3 rows, 2 heads, 10 x 10
        assertThat(unfused - fused).isEqualTo(2.0 * 2 * 3 * 2 * 10 * 10);
    }
}
