package io.minigpt.tokenization.http;

import io.minigpt.platform.ConflictException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.tokenization.SealedVersion;
import io.minigpt.tokenization.store.VersionStore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** The versions that paths name. */
@ApplicationScoped
class Versions {

    private final VersionStore store;

    Versions(VersionStore store) {
        this.store = store;
    }

    /** @throws NotFoundException if there is none */
    DatasetVersion get(Handle transaction, String name, int version) {
        return sealed(transaction, name, version).version();
    }

    /** As {@link #get}, with where it came from. */
    SealedVersion sealed(Handle transaction, String name, int version) {
        return store.find(transaction, name, version)
                .orElseThrow(() -> new NotFoundException("version", name + ":" + version));
    }

    /**
     * A version with its files.
     *
     * @throws NotFoundException if there is none
     * @throws ConflictException if its files are gone
     */
    DatasetVersion withFiles(Handle transaction, String name, int version) {
        SealedVersion found = sealed(transaction, name, version);
        found.withdrawal().ifPresent(withdrawal -> {
            throw new ConflictException("version " + name + ":" + version + " has no files any more since "
                    + withdrawal.at() + ": " + withdrawal.reason());
        });
        return found.version();
    }
}
