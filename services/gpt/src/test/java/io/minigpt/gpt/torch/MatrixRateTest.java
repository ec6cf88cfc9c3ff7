package io.minigpt.gpt.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixRateTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isWhatAProcessorCanDo(boolean bf16) {
        // from a slow shared core to a large server
        assertThat(MatrixRate.measure(Device.cpu(), bf16, 512)).isBetween(1e8, 1e15);
    }
}
