package io.minigpt.tokenization.store;

import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.tokenization.SealedVersion;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Files and inputs of versions. */
final class VersionParts {

    private VersionParts() {}

    static void addInputs(Handle transaction, SealedVersion sealed) {
        if (sealed.inputs().isEmpty()) {
            return;
        }
        PreparedBatch batch = transaction.prepareBatch("""
                insert into dataset_input (name, version, stream, revision)
                values (:name, :version, :stream, :revision)
                """);
        for (StreamRevision input : sealed.inputs()) {
            batch.bind("name", sealed.version().getName())
                    .bind("version", sealed.version().getVersion())
                    .bind("stream", input.getStream())
                    .bind("revision", input.getRevision())
                    .add();
        }
        batch.execute();
    }

    static void addFiles(Handle transaction, DatasetVersion version) {
        PreparedBatch batch = transaction.prepareBatch("""
                insert into dataset_file (name, version, position, file, key, sha256, bytes)
                values (:name, :version, :position, :file, :key, :sha256, :bytes)
                """);
        for (int i = 0; i < version.getFilesCount(); i++) {
            Artifact file = version.getFiles(i);
            batch.bind("name", version.getName())
                    .bind("version", version.getVersion())
                    .bind("position", i)
                    .bind("file", file.getName())
                    .bind("key", file.getKey())
                    .bind("sha256", file.getSha256())
                    .bind("bytes", file.getBytes())
                    .add();
        }
        batch.execute();
    }

    static List<Artifact> files(Handle transaction, String name, int version) {
        return transaction
                .createQuery("select * from dataset_file where name = :name and version = :version order by position")
                .bind("name", name)
                .bind("version", version)
                .map((row, context) -> Artifact.newBuilder()
                        .setName(row.getString("file"))
                        .setKey(row.getString("key"))
                        .setSha256(row.getString("sha256"))
                        .setBytes(row.getLong("bytes"))
                        .build())
                .list();
    }

    static List<StreamRevision> inputs(Handle transaction, String name, int version) {
        return transaction
                .createQuery("select * from dataset_input where name = :name and version = :version order by stream")
                .bind("name", name)
                .bind("version", version)
                .map((row, context) -> StreamRevision.newBuilder()
                        .setStream(row.getString("stream"))
                        .setRevision(row.getLong("revision"))
                        .build())
                .list();
    }
}
