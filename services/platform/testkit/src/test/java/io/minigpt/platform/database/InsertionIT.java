package io.minigpt.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class InsertionIT {

    private static final String ODD = "“引号” \"quotes\" \\ back\nline\t<|endoftext|> 𠮷 {\"a\": 1}";

    @Inject
    Database database;

    @BeforeEach
    void table() {
        database.run(transaction -> transaction.execute("drop table if exists kept"));
        database.run(transaction -> transaction.execute("""
                create table kept (id text primary key, said text not null, cost numeric not null,
                                   at timestamptz not null default clock_timestamp())
                """));
    }

    @Test
    void rowsStandAsTheyWere() {
        assertThat(add(row("a", ODD, "0.000000010"), row("b", "", "12"))).containsExactlyInAnyOrder("a", "b");

        assertThat(said("a")).isEqualTo(ODD);
        assertThat(said("b")).isEmpty();
        assertThat(database.<BigDecimal>read(handle -> handle.createQuery("select cost from kept where id = 'a'")
                        .mapTo(BigDecimal.class)
                        .one()))
                .isEqualTo(new BigDecimal("0.000000010"));
    }

    @Test
    void theFirstRowWithAnIdStays() {
        add(row("a", "first", "1"));

        Set<String> added = add(row("a", "second", "1"), row("b", "third", "1"), row("b", "fourth", "1"));

        assertThat(added).containsExactly("b");
        assertThat(said("a")).isEqualTo("first");
        assertThat(said("b")).isEqualTo("third");
    }

    @SafeVarargs
    private Set<String> add(Map<String, Object>... rows) {
        return database.transact(transaction -> Insertion.ofNew(transaction, "kept", List.of(rows)));
    }

    private static Map<String, Object> row(String id, String said, String cost) {
        return Map.of("id", id, "said", said, "cost", new BigDecimal(cost));
    }

    private String said(String id) {
        return database.read(handle -> handle.createQuery("select said from kept where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one());
    }
}
