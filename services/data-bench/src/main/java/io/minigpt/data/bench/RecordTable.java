package io.minigpt.data.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Fills tokenization's record table directly: what is measured is the freeze, not the way of a million events through a
 * broker.
 */
final class RecordTable {

    static final String CORPUS = "bench";
    /** A corpus of its own for a freeze that does not count; its documents have numbers from here on. */
    static final String WARM_UP_CORPUS = "warm-up";

    private static final long WARM_UP_NUMBER = 1L << 40;

    static final int PAIRS = 9;

    private static final String TRIGRAMS = "record_trigrams";

    private final Connection database;
    private final SampleTexts texts;

    RecordTable(Connection database, SampleTexts texts) {
        this.database = database;
        this.texts = texts;
    }

    static String documentId(long number) {
        return String.format("d%063x", number);
    }

    static String pairId(long document, int ordinal) {
        return String.format("p%061x%02x", document, ordinal);
    }

    void addDocuments(long count) throws SQLException, IOException {
        addDocuments(CORPUS, 0, count);
    }

    void addWarmUpDocuments(long count) throws SQLException, IOException {
        addDocuments(WARM_UP_CORPUS, WARM_UP_NUMBER, count);
    }

    private void addDocuments(String corpus, long first, long count) throws SQLException, IOException {
        copy("id, corpus, kind, state, revision, family_id, document_id, document_version, sequence, text", out -> {
            for (long number = first; number < first + count; number++) {
                String id = documentId(number);
                line(
                        out,
                        id,
                        corpus,
                        "document",
                        "active",
                        number + 1,
                        id,
                        id,
                        "v1",
                        number + 1,
                        texts.document(number));
            }
        });
    }

    /** Adds {@value #PAIRS} pairs for each of the first documents, cut from their texts. */
    void addPairs(long documents) throws SQLException, IOException {
        String definition = definition();
        execute("drop index " + TRIGRAMS);
        Random random = new Random(1);
        copy(
                "id, corpus, kind, state, revision, parent_id, family_id, document_id, document_version, sequence, "
                        + "ordinal, question, answer, passage_start, passage_end, prompt_version, teacher",
                out -> {
                    for (long number = 0; number < documents; number++) {
                        for (int pair = 0; pair < PAIRS; pair++) {
                            String document = documentId(number);
                            String question = texts.piece(random, 8, 24) + "？";
                            line(
                                    out,
                                    pairId(number, pair),
                                    CORPUS,
                                    "generated",
                                    "active",
                                    number * PAIRS + pair + 1,
                                    document,
                                    document,
                                    document,
                                    "v1",
                                    number + 1,
                                    pair,
                                    question,
                                    texts.piece(random, 10, 60),
                                    0,
                                    50,
                                    "p1",
                                    "bench");
                        }
                    }
                });
        execute("set maintenance_work_mem = '256MB'");
        execute(definition);
    }

    void analyze() throws SQLException {
        execute("vacuum analyze record");
    }

    private String definition() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select pg_get_indexdef('" + TRIGRAMS + "'::regclass)")) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private void copy(String columns, Rows rows) throws SQLException, IOException {
        PGConnection connection = database.unwrap(PGConnection.class);
        try (Writer out = new BufferedWriter(
                new OutputStreamWriter(
                        new PGCopyOutputStream(connection, "copy record (" + columns + ") from stdin"),
                        StandardCharsets.UTF_8),
                1 << 16)) {
            rows.write(out);
        }
    }

    private static void line(Writer out, Object... values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            out.write(i == 0 ? "" : "\t");
            out.write(values[i]
                    .toString()
                    .replace("\\", "\\\\")
                    .replace("\t", "\\t")
                    .replace("\n", "\\n")
                    .replace("\r", "\\r"));
        }
        out.write('\n');
    }

    private interface Rows {
        void write(Writer out) throws IOException;
    }
}
