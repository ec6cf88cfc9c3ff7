package io.minigpt.platform.artifacts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Chooses the store that the configuration names. */
public class ArtifactStores {

    @Produces
    @ApplicationScoped
    ArtifactStore store(ArtifactsConfig config) {
        return new FolderArtifactStore(config.root());
    }
}
