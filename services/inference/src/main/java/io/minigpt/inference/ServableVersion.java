package io.minigpt.inference;

import io.minigpt.gpt.text.PairTemplate;
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
 * @param template how a question becomes a prompt for it; as its checkpoint says once it is loaded
 */
public record ServableVersion(VersionId id, Stage stage, List<Artifact> files, Instant since, PairTemplate template) {

    public ServableVersion {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(template, "template");
        files = List.copyOf(files);
    }

    /** A version that was not loaded yet: its template is taken to be the usual one. */
    public ServableVersion(VersionId id, Stage stage, List<Artifact> files, Instant since) {
        this(id, stage, files, since, PairTemplate.STANDARD);
    }

    ServableVersion with(PairTemplate loaded) {
        return new ServableVersion(id, stage, files, since, loaded);
    }
}
