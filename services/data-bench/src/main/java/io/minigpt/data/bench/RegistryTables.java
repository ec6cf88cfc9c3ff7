package io.minigpt.data.bench;

import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.Stage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Fills the registry's tables directly: what is measured are its answers, not the way of its facts through a broker. A
 * hundredth of the versions are bases; half of all, fine-tuned from them, are of one model; the others of models of
 * 1,000 versions each.
 */
final class RegistryTables {

    static final String LARGE = "large";
    static final String BASES = "bases";

    private static final int MODEL_SIZE = 1000;
    private static final int DATASETS = 1000;
    private static final int DAYS = 365;
    private static final LocalDate START = LocalDate.of(2026, 1, 1);
    private static final String CONFIGURATION =
            "{\"batch_size\":32,\"learning_rate\":0.001,\"max_iters\":10000,\"seed\":%d,\"select\":\"evaluation\"}";

    private final int versions;
    private final int figures;

    RegistryTables(int versions, int figures) {
        this.versions = versions;
        this.figures = figures;
    }

    String figure(Random random) {
        return figure(random.nextInt(figures));
    }

    String dataset(Random random) {
        return "data:" + (1 + random.nextInt(DATASETS));
    }

    String day(Random random) {
        return START.plusDays(random.nextInt(DAYS)).toString();
    }

    String base(Random random) {
        return BASES + ":" + baseNumber(random);
    }

    int baseNumber(Random random) {
        return 1 + random.nextInt(bases());
    }

    int version(Random random) {
        return 1 + random.nextInt(versions / 2);
    }

    void fill(Connection database) throws SQLException, IOException {
        execute(database, "set maintenance_work_mem = '256MB'");
        // who copies as a replica has no foreign keys checked row by row
        execute(database, "set session_replication_role = replica");
        copy(
                database,
                "model (name, last_version)",
                out -> each((model, number, index) -> {
                    if (number == 1) {
                        line(out, model, versions);
                    }
                }));
        copy(
                database,
                "model_version (model, version, stage, run_id, step, selected, roles, dataset, dataset_version,"
                        + " dataset_identity, corpus, base_model, base_version, parameters, model_configuration,"
                        + " training_configuration, device, engine, code_version, tokens_seen, duration_millis,"
                        + " registered_at, message, tags)",
                out -> each((model, number, index) -> version(out, model, number, index)));
        figures(database);
        execute(database, "set session_replication_role = origin");
        copy(
                database,
                "alias_change (model, alias, revision, version, previous_version, set_by, reason, set_at)",
                this::aliases);
        for (String table : List.of("model", "model_version", "metric", "alias_change")) {
            execute(database, "vacuum analyze " + table);
        }
    }

    /** Indexes of ten million rows are built at once, in a fraction of the time that row by row takes. */
    private void figures(Connection database) throws SQLException, IOException {
        String key =
                text(database, "select pg_get_constraintdef(oid) from pg_constraint where conname = 'metric_pkey'");
        String ranked = text(database, "select pg_get_indexdef('metric_ranked'::regclass)");
        execute(database, "alter table metric drop constraint metric_pkey");
        execute(database, "drop index metric_ranked");
        Random random = new Random(1);
        copy(
                database,
                "metric (model, version, name, value)",
                out -> each((model, number, index) -> {
                    for (int figure = 0; figure < figures; figure++) {
                        line(
                                out,
                                model,
                                number,
                                figure(figure),
                                String.format(Locale.ROOT, "%.6f", random.nextDouble()));
                    }
                }));
        execute(database, "alter table metric add constraint metric_pkey " + key);
        execute(database, ranked);
    }

    private void version(Writer out, String model, int number, int index) throws IOException {
        boolean base = model.equals(BASES);
        ModelVersion message = ModelVersion.newBuilder()
                .setModel(model)
                .setVersion(number)
                .setStage(base ? Stage.STAGE_PRETRAIN : Stage.STAGE_SFT)
                .addFiles(Artifact.newBuilder()
                        .setName("model.safetensors")
                        .setKey("runs/" + index + "/1-10/model.safetensors")
                        .setSha256("0".repeat(64))
                        .setBytes(180_000_000))
                .build();
        line(
                out,
                model,
                number,
                base ? "pretrain" : "sft",
                "run-" + index,
                10_000,
                "t",
                "{last}",
                "data",
                1 + index % DATASETS,
                "cafe",
                "corpus",
                base ? "\\N" : BASES,
                base ? "\\N" : 1 + index % bases(),
                44_800_000,
                "{\"n_layer\":6,\"n_head\":8,\"n_embd\":512}",
                CONFIGURATION.formatted(index),
                "cpu",
                "pytorch 2.7.1",
                "1.0",
                81_920_000,
                3_600_000,
                START.plusDays((long) index * DAYS / versions) + " 12:00:00."
                        + String.format("%06d", index % 1_000_000),
                "\\\\x" + HexFormat.of().formatHex(message.toByteArray()),
                index % 997 == 0 ? "{rare}" : "{}");
    }

    /** One alias of the large model has moved from each tenth version to the next. */
    private void aliases(Writer out) throws IOException {
        int revision = 0;
        for (int version = 1; version <= versions / 2; version += 10) {
            revision++;
            line(
                    out,
                    LARGE,
                    "champion",
                    revision,
                    version,
                    revision == 1 ? "\\N" : version - 10,
                    "policy compare",
                    "better",
                    START.plusDays((long) version * 2 * DAYS / versions) + " 13:00:00."
                            + String.format("%06d", version));
        }
    }

    private void each(VersionRow row) throws IOException {
        int index = 0;
        for (int number = 1; number <= bases(); number++) {
            row.write(BASES, number, index++);
        }
        for (int number = 1; number <= versions / 2; number++) {
            row.write(LARGE, number, index++);
        }
        for (int other = 0; index < versions; other++) {
            for (int number = 1; number <= MODEL_SIZE && index < versions; number++) {
                row.write("other-" + other, number, index++);
            }
        }
    }

    private int bases() {
        return Math.max(1, versions / 100);
    }

    private static String figure(int number) {
        return "metric" + number + ".unseen";
    }

    private static String text(Connection database, String query) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void copy(Connection database, String target, Rows rows) throws SQLException, IOException {
        PGConnection connection = database.unwrap(PGConnection.class);
        try (Writer out = new BufferedWriter(
                new OutputStreamWriter(
                        new PGCopyOutputStream(connection, "copy " + target + " from stdin"), StandardCharsets.UTF_8),
                1 << 16)) {
            rows.write(out);
        }
    }

    /** Values hold no tab, line break or backslash but those of null and of bytes. */
    private static void line(Writer out, Object... values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            out.write(i == 0 ? "" : "\t");
            out.write(values[i].toString());
        }
        out.write('\n');
    }

    private interface Rows {
        void write(Writer out) throws IOException;
    }

    private interface VersionRow {
        void write(String model, int number, int index) throws IOException;
    }
}
