package io.minigpt.platform.database;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Adds many rows at once by PostgreSQL's COPY in its binary form, which costs a fraction of as many inserts. A row whose
 * key is there already fails the transaction.
 *
 * <p>Source: PostgreSQL, COPY, File Formats, Binary Format.
 */
public final class BulkInsert {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int FLUSH = 64 * 1024;
    private static final int BIGINT_OID = 20;
    private static final int JSONB_VERSION = 1;

    private final CopyIn copy;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(FLUSH);
    private final DataOutputStream out = new DataOutputStream(buffer);

    private BulkInsert(CopyIn copy) {
        this.copy = copy;
    }

    /**
     * Adds a row for every item.
     *
     * @param columns the columns that {@code row} gives values for, in their order; the others take their defaults
     * @param row gives the values of one row
     */
    public static <T> void insert(
            Handle transaction,
            String table,
            List<String> columns,
            Collection<T> items,
            BiConsumer<BulkInsert, T> row) {
        if (items.isEmpty()) {
            return;
        }
        String statement = "copy " + table + " (" + String.join(", ", columns) + ") from stdin (format binary)";
        try {
            CopyIn copy = transaction
                    .getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(statement);
            try {
                new BulkInsert(copy).write(columns.size(), items, row);
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("rows cannot be added to " + table + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /** A value of type text; may be null. */
    public BulkInsert text(String value) {
        return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    /** A value of type bytea; may be null. */
    public BulkInsert bytes(byte[] value) {
        return put(() -> {
            out.writeInt(value == null ? -1 : value.length);
            if (value != null) {
                out.write(value);
            }
        });
    }

    /** A value of type bigint. */
    public BulkInsert number(long value) {
        return put(() -> {
            out.writeInt(Long.BYTES);
            out.writeLong(value);
        });
    }

    /** A value of type double precision, or null. */
    public BulkInsert real(OptionalDouble value) {
        return put(() -> {
            out.writeInt(value.isEmpty() ? -1 : Double.BYTES);
            if (value.isPresent()) {
                out.writeDouble(value.getAsDouble());
            }
        });
    }

    /** A value of type jsonb. */
    public BulkInsert json(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return put(() -> {
            out.writeInt(1 + utf8.length);
            out.writeByte(JSONB_VERSION);
            out.write(utf8);
        });
    }

    /** A value of type bigint[]. */
    public BulkInsert numbers(List<Long> values) {
        return put(() -> {
            int dimensions = values.isEmpty() ? 0 : 1;
            out.writeInt((3 + 2 * dimensions) * Integer.BYTES + values.size() * (Integer.BYTES + Long.BYTES));
            out.writeInt(dimensions);
            out.writeInt(0);
            out.writeInt(BIGINT_OID);
            if (dimensions > 0) {
                out.writeInt(values.size());
                out.writeInt(1);
            }
            for (long value : values) {
                out.writeInt(Long.BYTES);
                out.writeLong(value);
            }
        });
    }

    private <T> void write(int columns, Collection<T> items, BiConsumer<BulkInsert, T> row)
            throws IOException, SQLException {
        out.write(SIGNATURE);
        // neither flags nor a header extension
        out.writeLong(0);
        for (T item : items) {
            out.writeShort(columns);
            row.accept(this, item);
            if (buffer.size() >= FLUSH) {
                flush();
            }
        }
        out.writeShort(-1);
        flush();
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.toByteArray(), 0, buffer.size());
        buffer.reset();
    }

    private BulkInsert put(Value value) {
        try {
            value.write();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return this;
    }

    @FunctionalInterface
    private interface Value {
        void write() throws IOException;
    }
}
