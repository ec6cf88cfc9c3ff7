package io.minigpt.gpt.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceMemoryExceptionTest {
    private static final String SCRIPT = """
            class Hungry(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def take(self: __torch__.Hungry, terabytes: int) -> Tensor:
                return torch.empty([terabytes, 1000000000000], dtype=0)
            """;

    @Test
    void anAllocationThatFailsSaysWhatToDo() {
        try (TorchModule module = new TorchModule(new TorchArchive("Hungry", SCRIPT, Map.of()), Device.cpu())) {
            assertThatThrownBy(() -> module.tensor(module.manager(), "take", 1_000))
                    .isInstanceOf(DeviceMemoryException.class)
                    .hasMessageContaining("batch_size");
        }
    }
}
