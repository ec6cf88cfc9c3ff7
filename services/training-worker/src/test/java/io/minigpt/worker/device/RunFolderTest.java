package io.minigpt.worker.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.platform.artifacts.FolderArtifactStore;
import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    @TempDir
    Path root;

    @Test
    void leavesNothingButTheFilesItLinked() throws IOException {
        FolderArtifactStore artifacts = new FolderArtifactStore(root.resolve("artifacts"));
        Artifact weights = artifacts.put("runs/a/1-2/model.safetensors", Files.writeString(root.resolve("file"), "w"));

        try (RunFolder folder = new RunFolder(root.resolve("scratch"), "run-a")) {
            Path linked = folder.link("base", artifacts, List.of(weights));
            assertThat(linked.resolve("model.safetensors")).hasContent("w");
        }

        assertThat(root.resolve("scratch")).isEmptyDirectory();
        assertThat(artifacts.local(weights)).hasContent("w");
    }

    @Test
    void removesWhatAKilledWorkerLeft() throws IOException, InterruptedException {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path abandoned = Files.createDirectories(root.resolve("run-a-" + ended.pid()));
        Files.writeString(abandoned.resolve("model.safetensors"), "half");
        Path living = Files.createDirectories(root.resolve(
                "run-b-" + ProcessHandle.current().parent().orElseThrow().pid()));

        try (RunFolder folder = new RunFolder(root, "run-c")) {
            assertThat(abandoned).doesNotExist();
            assertThat(living).exists();
            assertThat(folder.path()).isEmptyDirectory();
        }
    }
}
