package io.minigpt.gpt.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsTest {
    private static final int TOKENS = 101;

    @TempDir
    private Path directory;

    private TokenFile tokens;

    @BeforeEach
    void countUp() throws IOException {
        // the token at place i is i + 50000, so that the sign bit of 16 bits is set
        byte[] bytes = new byte[2 * TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            bytes[2 * i] = (byte) (i + 50_000);
            bytes[2 * i + 1] = (byte) ((i + 50_000) >> 8);
        }
        tokens = new TokenFile(Files.write(directory.resolve("train.bin"), bytes));
    }

    @Test
    void randomWindowsHoldConsecutiveTokensAndTheirSuccessors() {
        Batch batch = new RandomWindows(tokens, 3, 10, 1).batch(5);

        for (int i = 0; i < 30; i++) {
            assertThat(batch.targets()[i]).isEqualTo(batch.inputs()[i] + 1);
            assertThat(batch.inputs()[i]).isEqualTo(batch.inputs()[i / 10 * 10] + i % 10);
        }
        assertThat(batch.counted()).isEqualTo(30);
    }

    @Test
    void randomWindowsReachEveryToken() {
        RandomWindows windows = new RandomWindows(tokens, 3, 10, 1);
        Set<Long> seen = new HashSet<>();
        for (int number = 0; number < 200; number++) {
            Arrays.stream(windows.batch(number).targets()).forEach(seen::add);
        }
        assertThat(seen).hasSize(TOKENS - 1).contains(50_100L);
    }

    @Test
    void randomWindowsDependOnSeedAndNumberAlone() {
        RandomWindows windows = new RandomWindows(tokens, 3, 10, 1);
        windows.batch(3);

        assertThat(windows.batch(8).inputs())
                .isEqualTo(new RandomWindows(tokens, 3, 10, 1).batch(8).inputs());
        assertThat(windows.batch(8).inputs()).isNotEqualTo(windows.batch(9).inputs());
        assertThat(windows.batch(8).inputs())
                .isNotEqualTo(new RandomWindows(tokens, 3, 10, 2).batch(8).inputs());
    }

    @Test
    void fixedWindowsSpreadOverTheTokensWithoutOverlap() {
        FixedWindows windows = new FixedWindows(tokens, 3, 10, 50);

        assertThat(windows.size()).isEqualTo(4);
        Set<Long> seen = new HashSet<>();
        int counted = 0;
        for (int number = 0; number < windows.size(); number++) {
            Batch batch = windows.batch(number);
            counted += batch.counted();
            Arrays.stream(batch.inputs()).forEach(seen::add);
        }
        assertThat(counted).isEqualTo(100);
        assertThat(seen).hasSize(100);
    }

    @Test
    void fixedWindowsAreAtMostTheBatchesAskedFor() {
        assertThat(new FixedWindows(tokens, 3, 10, 2).size()).isEqualTo(2);
    }

    @Test
    void tooFewTokensAreRefused() {
        assertThatThrownBy(() -> new RandomWindows(tokens, 1, TOKENS, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101 tokens");
    }

    @Test
    void anOddNumberOfBytesIsRefused() throws IOException {
        Path odd = Files.write(directory.resolve("odd.bin"), new byte[3]);

        assertThatThrownBy(() -> new TokenFile(odd)).hasMessageContaining("odd.bin has 3 bytes");
    }
}
