package io.minigpt.registry.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.registry.Alias;
import io.minigpt.registry.ModelStage;
import io.minigpt.registry.RegisteredVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How the values of the domain stand in rows. */
final class Rows {

    private Rows() {}

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
                Columns.instant(row, "registered_at"),
                Columns.message(row.getBytes("message"), ModelVersion.getDefaultInstance())
                        .getFilesList(),
                List.of((String[]) row.getArray("tags").getArray()),
                row.getString("note"));
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
                Columns.instant(row, "set_at"));
    }
}
