package io.minigpt.tokenization.jobs;

import io.minigpt.platform.Ids;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.jobs.JobLease;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.PairTemplate;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.tokenization.Freeze;
import io.minigpt.tokenization.NamedTemplate;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.SealedVersion;
import io.minigpt.tokenization.files.WrittenFile;
import io.minigpt.tokenization.store.DatasetRecords;
import io.minigpt.tokenization.store.ErasureLock;
import io.minigpt.tokenization.store.FreezeStore;
import io.minigpt.tokenization.store.VersionStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Gives a written version its number. Its files go to keys made of its identity: whoever writes them, in whatever
 * attempt, writes the same bytes, so a crash before or after needs no cleaning. Number, rows and events are one
 * transaction. A version equal to the newest one is that one.
 */
@ApplicationScoped
class Sealing {

    private static final String MANIFEST = "manifest.json";

    private final Database database;
    private final ArtifactStore artifacts;
    private final FreezeStore freezes;
    private final DatasetRecords datasetRecords;
    private final VersionStore versions;
    private final FreezeEvents events;

    Sealing(
            Database database,
            ArtifactStore artifacts,
            FreezeStore freezes,
            DatasetRecords datasetRecords,
            VersionStore versions,
            FreezeEvents events) {
        this.database = database;
        this.artifacts = artifacts;
        this.freezes = freezes;
        this.datasetRecords = datasetRecords;
        this.versions = versions;
        this.events = events;
    }

    void seal(JobLease lease, Freeze freeze, UnsealedVersion unsealed) throws IOException {
        String identity = unsealed.manifest().identity();
        // its files are in the store then; should the newest version change before the transaction, the job is repeated
        boolean known = database.read(transaction -> sameAsNewest(transaction, freeze, identity))
                .isPresent();
        List<Artifact> files = known ? List.of() : store(freeze, unsealed);
        database.run(datasetRecords::analyze);
        Instant sealedAt = database.read(versions::now);
        lease.succeed(transaction -> {
            ErasureLock.shared(transaction);
            requirePurpose(freeze, versions.lock(transaction, freeze.name(), freeze.purpose()));
            requireStillThere(transaction, freeze, key(freeze, unsealed), files);
            Optional<SealedVersion> same = sameAsNewest(transaction, freeze, identity);
            same.ifPresent(version -> datasetRecords.remove(transaction, freeze.runId()));
            DatasetVersion version = same.orElseGet(() -> add(transaction, lease, freeze, unsealed, files, sealedAt))
                    .version();
            freezes.finish(transaction, freeze.runId(), "succeeded", null, version.getVersion());
            events.succeeded(transaction, lease.job(), version);
        });
    }

    /** @throws PermanentFailureException if the dataset is for something else */
    static void requirePurpose(Freeze freeze, Purpose purpose) {
        if (purpose != freeze.purpose()) {
            throw new PermanentFailureException("dataset '" + freeze.name() + "' is for " + purpose.text()
                    + ", not for " + freeze.purpose().text() + "; choose another name");
        }
    }

    private Optional<SealedVersion> sameAsNewest(Handle transaction, Freeze freeze, String identity) {
        return versions.newest(transaction, freeze.name())
                .filter(newest -> newest.withdrawal().isEmpty()
                        && newest.version().getIdentity().equals(identity));
    }

    /** Neither a record nor a file may have gone since it was written; the repetition goes without it. */
    private void requireStillThere(Handle transaction, Freeze freeze, String folder, List<Artifact> files) {
        if (datasetRecords.holdErased(transaction, freeze.runId())) {
            throw new IllegalStateException("a record of dataset '" + freeze.name() + "' was erased meanwhile");
        }
        try {
            List<String> keys = artifacts.list(folder);
            for (Artifact file : files) {
                if (!keys.contains(file.getKey())) {
                    throw new IllegalStateException("file " + file.getKey() + " was removed meanwhile");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("files of dataset '" + freeze.name() + "': " + e.getMessage(), e);
        }
    }

    private List<Artifact> store(Freeze freeze, UnsealedVersion unsealed) throws IOException {
        List<Artifact> files = new ArrayList<>();
        for (WrittenFile file : unsealed.files().files()) {
            Artifact stored = artifacts.put(
                    key(freeze, unsealed) + "/" + file.name(),
                    file.path(),
                    file.digest().sha256());
            files.add(stored.toBuilder().setName(file.name()).build());
        }
        return files;
    }

    private SealedVersion add(
            Handle transaction,
            JobLease lease,
            Freeze freeze,
            UnsealedVersion unsealed,
            List<Artifact> files,
            Instant sealedAt) {
        if (files.isEmpty()) {
            throw new IllegalStateException("dataset '" + freeze.name() + "' got another version meanwhile");
        }
        int parent = versions.newest(transaction, freeze.name())
                .map(newest -> newest.version().getVersion())
                .orElse(0);
        DatasetVersion.Builder version = DatasetVersion.newBuilder()
                .setName(freeze.name())
                .setVersion(parent + 1)
                .setIdentity(unsealed.manifest().identity())
                .setKind(freeze.purpose().proto())
                .setCorpus(freeze.selection().corpus())
                .setParentVersion(parent)
                .setTrainRecords(unsealed.files().train().records())
                .setValidationRecords(unsealed.files().validation().records())
                .setTrainTokens(unsealed.files().train().tokens())
                .setValidationTokens(unsealed.files().validation().tokens())
                .setValidationBytes(unsealed.files().validation().bytes())
                .putAllRecordsByKind(unsealed.plan().recordsByKind())
                .addFiles(manifest(lease, freeze, unsealed, files, parent, sealedAt))
                .addAllFiles(files);
        unsealed.template().map(Sealing::template).ifPresent(version::setTemplate);
        SealedVersion sealed = new SealedVersion(
                version.build(),
                freeze.selection(),
                unsealed.inputs(),
                freeze.runId(),
                freeze.requestedBy(),
                freeze.reason(),
                sealedAt,
                Optional.empty());
        versions.add(transaction, sealed);
        events.sealed(transaction, lease.job(), sealed);
        return sealed;
    }

    /** Writes the manifest. It names number, run and time, so each attempt has a key of its own. */
    private Artifact manifest(
            JobLease lease,
            Freeze freeze,
            UnsealedVersion unsealed,
            List<Artifact> files,
            int parent,
            Instant sealedAt) {
        Map<String, Object> provenance = new LinkedHashMap<>();
        provenance.put("name", freeze.name());
        provenance.put("version", parent + 1);
        provenance.put("parentVersion", parent);
        provenance.put("runId", freeze.runId());
        provenance.put("requestedBy", freeze.requestedBy());
        provenance.put("reason", freeze.reason());
        provenance.put("sealedAt", sealedAt.toString());
        provenance.put("inputs", inputs(unsealed));
        provenance.put("files", files.stream().map(Sealing::describe).toList());
        String attempt = Ids.of(freeze.runId(), Long.toString(lease.number()), Integer.toString(parent));
        String key = key(freeze, unsealed) + "/manifest-" + attempt + ".json";
        try (ArtifactWriter writer = artifacts.create(key)) {
            writer.write(unsealed.manifest().file(provenance));
            return writer.commit().toBuilder().setName(MANIFEST).build();
        } catch (IOException e) {
            throw new UncheckedIOException("manifest of dataset '" + freeze.name() + "': " + e.getMessage(), e);
        }
    }

    private static PairTemplate template(NamedTemplate template) {
        return PairTemplate.newBuilder()
                .setName(template.name())
                .setVersion(template.version())
                .setPrompt(template.form().prompt())
                .setAnswer(template.form().answer())
                .setEnd(template.form().end())
                .build();
    }

    private static Map<String, Long> inputs(UnsealedVersion unsealed) {
        Map<String, Long> inputs = new LinkedHashMap<>();
        unsealed.inputs().forEach(input -> inputs.put(input.getStream(), input.getRevision()));
        return inputs;
    }

    private static Map<String, Object> describe(Artifact file) {
        return Map.of("name", file.getName(), "bytes", file.getBytes(), "sha256", file.getSha256());
    }

    private static String key(Freeze freeze, UnsealedVersion unsealed) {
        return VersionFolder.of(freeze.name(), unsealed.manifest().identity());
    }
}
