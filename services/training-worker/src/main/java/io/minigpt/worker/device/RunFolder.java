package io.minigpt.worker.device;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.worker.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scratch folder of a run, gone when the run ends. */
final class RunFolder implements AutoCloseable {

    private final Path folder;

    /** Makes an empty folder and removes what killed workers of this machine left. */
    RunFolder(Path scratch, String runId) throws IOException {
        Files.createDirectories(scratch);
        removeAbandoned(scratch);
        folder = Files.createDirectory(
                scratch.resolve(runId + "-" + ProcessHandle.current().pid()));
    }

    /** A folder's name ends with the id of its process, which has one run at a time. */
    private static void removeAbandoned(Path scratch) throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(scratch)) {
            folders = found.toList();
        }
        for (Path folder : folders) {
            String name = folder.getFileName().toString();
            String process = name.substring(name.lastIndexOf('-') + 1);
            if (process.matches("\\d{1,18}") && !usedByAnother(Long.parseLong(process))) {
                ScratchFolder.delete(folder);
            }
        }
    }

    private static boolean usedByAnother(long process) {
        return process != ProcessHandle.current().pid()
                && ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }

    Path path() {
        return folder;
    }

    /** A folder in which the verified files lie under their names, as links. */
    Path link(String name, ArtifactStore artifacts, List<Artifact> files) throws IOException {
        Path linked = Files.createDirectories(folder.resolve(name));
        for (Artifact file : files) {
            Path link = linked.resolve(file.getName());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, artifacts.local(file));
        }
        return linked;
    }

    @Override
    public void close() throws IOException {
        ScratchFolder.delete(folder);
    }
}
