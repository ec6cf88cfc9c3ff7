package io.minigpt.registry.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.registry.Alias;
import io.minigpt.registry.ModelStage;
import io.minigpt.registry.RegisteredVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How the values of the domain stand in rows. */
final class Rows {

    private Rows() {}

    /** The database's clock. */
    static Instant now(Handle transaction) {
        return transaction
                .createQuery("select clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Optional<Integer> integer(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Integer.class));
    }

    static RegisteredVersion version(ResultSet row) throws SQLException {
        Optional<Integer> baseVersion = integer(row, "base_version");
        String baseModel = row.getString("base_model");
        return new RegisteredVersion(
                row.getString("model"),
                row.getInt("version"),
                ModelStage.labelled(row.getString("stage")),
                row.getString("run_id"),
                row.getLong("step"),
                row.getBoolean("selected"),
                List.of((String[]) row.getArray("roles").getArray()),
                new RegisteredVersion.DatasetReference(
                        row.getString("dataset"), row.getInt("dataset_version"), row.getString("dataset_identity")),
                row.getString("corpus"),
                baseVersion.map(version -> new RegisteredVersion.VersionReference(baseModel, version)),
                Optional.ofNullable(row.getObject("parameters", Long.class)),
                Optional.ofNullable(row.getString("model_configuration")),
                Optional.ofNullable(row.getString("training_configuration")),
                new RegisteredVersion.Provenance(
                        row.getString("device"),
                        row.getString("engine"),
                        row.getString("code_version"),
                        row.getLong("tokens_seen"),
                        row.getLong("duration_millis")),
                instant(row, "registered_at"),
                message(row.getBytes("message"), ModelVersion.getDefaultInstance())
                        .getFilesList());
    }

    static Alias alias(ResultSet row) throws SQLException {
        return new Alias(
                row.getString("model"),
                row.getString("alias"),
                row.getInt("version"),
                row.getLong("revision"),
                integer(row, "previous_version"),
                row.getString("set_by"),
                row.getString("reason"),
                instant(row, "set_at"));
    }

    /** Parses a stored message of the prototype's type. */
    static <M extends Message> M message(byte[] bytes, M prototype) {
        try {
            @SuppressWarnings("unchecked")
            M message = (M) prototype.getParserForType().parseFrom(bytes);
            return message;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    "a stored " + prototype.getDescriptorForType().getName() + " cannot be read", e);
        }
    }
}
