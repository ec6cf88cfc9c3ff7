package io.minigpt.worker.device;

import io.minigpt.gpt.data.RecordTable;
import io.minigpt.gpt.data.TokenFile;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.worker.RecordIndex;
import java.io.IOException;
import java.util.Optional;

/** The files of a dataset version by name. */
final class DatasetFiles {

    private final ArtifactStore artifacts;
    private final DatasetVersion version;

    DatasetFiles(ArtifactStore artifacts, DatasetVersion version) {
        this.artifacts = artifacts;
        this.version = version;
    }

    /** The tokens of a split, {@code train} or {@code val}. */
    TokenFile tokens(String split) throws IOException {
        return new TokenFile(artifacts.local(file(split + ".bin")));
    }

    /** The records of a split; empty if it has none. */
    Optional<RecordTable> records(String split) throws IOException {
        Artifact index = file(split + ".index");
        return index.getBytes() == 0 ? Optional.empty() : Optional.of(RecordIndex.read(artifacts.local(index)));
    }

    private Artifact file(String name) {
        return version.getFilesList().stream()
                .filter(file -> file.getKey().endsWith("/" + name))
                .findFirst()
                .orElseThrow(() -> new PermanentFailureException(
                        "the dataset version " + version.getName() + ":" + version.getVersion() + " has no " + name));
    }
}
