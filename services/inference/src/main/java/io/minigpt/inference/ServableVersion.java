package io.minigpt.inference;

import io.minigpt.proto.event.v1.Artifact;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A version that can be loaded.
 *
 * @param id which
 * @param stage what made it
 * @param files its checkpoint files in the artifact store
 * @param since when it became known to the registry
 */
public record ServableVersion(VersionId id, Stage stage, List<Artifact> files, Instant since) {

    public ServableVersion {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(since, "since");
        files = List.copyOf(files);
    }
}
