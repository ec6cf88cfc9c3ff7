package io.minigpt.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProgramsIT {
    @TempDir
    Path cache;

    @Test
    void unpacksOnceWhenSeveralAskAtTheSameTime() throws Exception {
        // Given
        Callable<Path> unpack = () -> PostgresPrograms.unpackedIn(cache);

        // When
        List<Future<Path>> folders;
        try (ExecutorService several = Executors.newVirtualThreadPerTaskExecutor()) {
            folders = several.invokeAll(List.of(unpack, unpack, unpack));
        }

        // Then
        Path folder = folders.getFirst().get();
        assertThat(folders).allSatisfy(other -> assertThat(other.get()).isEqualTo(folder));
        assertThat(Files.isExecutable(folder.resolve("bin/postgres"))).isTrue();
        try (Stream<Path> content = Files.list(cache)) {
            assertThat(content).containsExactly(folder);
        }
    }
}
