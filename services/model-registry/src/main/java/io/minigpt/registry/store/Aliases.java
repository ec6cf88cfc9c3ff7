package io.minigpt.registry.store;

import io.minigpt.platform.ConflictException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Columns;
import io.minigpt.platform.events.Outbox;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.registry.v1.VersionDeleted;
import io.minigpt.registry.Alias;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Lets aliases name versions, and keeps the versions that are needed. */
@ApplicationScoped
public class Aliases {

    private final VersionStore versions;
    private final AliasStore store;
    private final ExportStore exports;
    private final Outbox outbox;

    public Aliases(VersionStore versions, AliasStore store, ExportStore exports, Outbox outbox) {
        this.versions = versions;
        this.store = store;
        this.exports = exports;
        this.outbox = outbox;
    }

    /**
     * Lets an alias name a version and says so.
     *
     * @param setBy who or what sets it
     * @param correlationId the pipeline run it belongs to; empty if none
     * @param cause id of the event that led to it; empty if a person did
     * @throws NotFoundException if there is no such version
     */
    public Alias set(
            Handle transaction,
            VersionReference reference,
            String alias,
            String setBy,
            String reason,
            String correlationId,
            String cause) {
        versions.lock(transaction, reference.model());
        if (versions.find(transaction, reference).isEmpty()) {
            throw new NotFoundException("version", reference.toString());
        }
        Alias set = store.set(transaction, reference, alias, setBy, reason);
        outbox.publish(
                transaction,
                set.model() + "@" + set.alias(),
                correlationId,
                cause,
                AliasSet.newBuilder()
                        .setModel(set.model())
                        .setAlias(set.alias())
                        .setRevision(set.revision())
                        .setVersion(versions.message(transaction, reference))
                        .setPreviousVersion(set.previousVersion().orElse(0))
                        .setSetBy(set.setBy())
                        .setReason(set.reason())
                        .setSetAt(Columns.timestamp(set.setAt()))
                        .build());
        return set;
    }

    /**
     * Deletes a version; its files are the caller's to remove after the commit.
     *
     * @return its files, those in other formats too
     * @throws NotFoundException if there is no such version
     * @throws ConflictException if an alias or another version needs it, naming them
     */
    public List<Artifact> delete(Handle transaction, VersionReference reference) {
        versions.lock(transaction, reference.model());
        RegisteredVersion version = versions.find(transaction, reference)
                .orElseThrow(() -> new NotFoundException("version", reference.toString()));
        List<Artifact> files = new ArrayList<>(version.files());
        files.addAll(exports.files(transaction, reference));
        List<String> needs = new ArrayList<>();
        store.of(transaction, reference.model(), List.of(reference.version()))
                .getOrDefault(reference.version(), List.of())
                .forEach(alias -> needs.add("alias " + alias));
        versions.descendants(transaction, reference).forEach(descendant -> needs.add("version " + descendant));
        if (!needs.isEmpty()) {
            throw new ConflictException("version " + reference + " is needed by " + String.join(", ", needs));
        }
        versions.delete(transaction, reference);
        outbox.publish(
                transaction,
                reference.toString(),
                VersionDeleted.newBuilder()
                        .setModel(reference.model())
                        .setVersion(reference.version())
                        .setReason("deleted by hand")
                        .build());
        return files;
    }
}
