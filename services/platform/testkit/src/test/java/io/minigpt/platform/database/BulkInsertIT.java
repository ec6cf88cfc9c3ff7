package io.minigpt.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class BulkInsertIT {

    private static final List<String> COLUMNS = List.of("id", "name", "body", "share", "facts", "numbers");

    @Inject
    Database database;

    @Test
    void writesEveryTypeOfValue() {
        List<String> rows = database.transact(transaction -> {
            create(transaction);
            BulkInsert.insert(transaction, "bulk", COLUMNS, List.of(1L, 2L), (row, id) -> {
                boolean first = id == 1;
                row.number(id)
                        .text(first ? "太阳\t\\N\n" : null)
                        .bytes(first ? new byte[] {0, -1} : null)
                        .real(first ? OptionalDouble.of(0.25) : OptionalDouble.empty())
                        .json("{\"a\": [1, \"二\"]}")
                        .numbers(first ? List.of(3L, -4L) : List.of());
            });
            return transaction
                    .createQuery("select bulk::text from bulk order by id")
                    .mapTo(String.class)
                    .list();
        });

        assertThat(rows)
                .containsExactly(
                        "(1,\"太阳\t\\\\N\n\",\"\\\\x00ff\",0.25,\"{\"\"a\"\": [1, \"\"二\"\"]}\",\"{3,-4}\",now)",
                        "(2,,,,\"{\"\"a\"\": [1, \"\"二\"\"]}\",{},now)");
    }

    @Test
    void writesMoreThanItHoldsAtOnce() {
        List<Long> ids = IntStream.range(0, 5000).mapToObj(Long::valueOf).toList();

        long characters = database.transact(transaction -> {
            create(transaction);
            insert(transaction, ids);
            return transaction
                    .createQuery("select sum(length(name)) from bulk")
                    .mapTo(Long.class)
                    .one();
        });

        assertThat(characters).isEqualTo(500_000);
    }

    @Test
    void aRowThatIsThereFailsTheTransaction() {
        assertThatIllegalStateException()
                .isThrownBy(() -> database.run(transaction -> {
                    create(transaction);
                    insert(transaction, List.of(1L, 1L));
                }))
                .withMessageContaining("rows cannot be added to bulk")
                .withMessageContaining("duplicate key");
    }

    private static void insert(Handle transaction, List<Long> ids) {
        BulkInsert.insert(
                transaction,
                "bulk",
                COLUMNS,
                ids,
                (row, id) -> row.number(id)
                        .text("n".repeat(100))
                        .bytes(null)
                        .real(OptionalDouble.empty())
                        .json("{}")
                        .numbers(List.of()));
    }

    private static void create(Handle transaction) {
        transaction.execute("""
                create temporary table bulk (id bigint primary key, name text, body bytea, share double precision,
                                             facts jsonb, numbers bigint[], made text default 'now') on commit drop
                """);
    }
}
