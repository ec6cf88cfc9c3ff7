package io.minigpt.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class SharedTransactionsIT {

    private static final int THREADS = 40;

    @Inject
    Database database;

    private SharedTransactions<Integer, Integer> together;

    @BeforeEach
    void table() {
        together = SharedTransactions.writing(database, SharedTransactionsIT::add);
        database.run(transaction -> transaction.execute("drop table if exists shared_work"));
        database.run(transaction -> transaction.execute("create table shared_work (number int, transaction xid8)"));
    }

    @Test
    void whatComesWhileOneCommitsSharesTheNextTransaction() {
        each(together::run);

        assertThat(numbers()).hasSize(THREADS);
        long transactions =
                database.read(handle -> handle.createQuery("select count(distinct transaction) from shared_work")
                        .mapTo(Long.class)
                        .one());
        // the first goes alone and the others wait for it
        assertThat(transactions).isBetween(1L, THREADS - 1L);
    }

    @Test
    void anItemThatIsRefusedHarmsNoOther() {
        Set<Integer> refused = ConcurrentHashMap.newKeySet();
        each(number -> {
            try {
                together.run(number % 4 == 0 ? -number : number);
            } catch (IllegalArgumentException e) {
                refused.add(number);
            }
        });

        List<Integer> multiples =
                IntStream.range(1, THREADS).filter(i -> i % 4 == 0).boxed().toList();
        assertThat(refused).containsExactlyInAnyOrderElementsOf(multiples);
        assertThat(numbers()).hasSize(THREADS - multiples.size()).doesNotContainAnyElementsOf(multiples);
    }

    @Test
    void anItemThatTheDatabaseRefusesHarmsNoOther() {
        SharedTransactions<Integer, Integer> quotients =
                SharedTransactions.writing(database, SharedTransactionsIT::twelfths);

        assertThatThrownBy(() -> quotients.run(0)).hasMessageContaining("division by zero");
        assertThat(quotients.run(3)).isEqualTo(4);
    }

    @Test
    void eachThreadGetsWhatItAskedFor() {
        SharedTransactions<Integer, Integer> quotients =
                SharedTransactions.reading(database, SharedTransactionsIT::twelfths);
        Map<Integer, Integer> found = new ConcurrentHashMap<>();

        each(number -> found.put(number, quotients.run(number + 1)));

        assertThat(found)
                .hasSize(THREADS)
                .allSatisfy((number, quotient) -> assertThat(quotient).isEqualTo(12 / (number + 1)));
    }

    private interface Work {
        void on(int number);
    }

    private static void each(Work work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream<Runnable> all = IntStream.range(0, THREADS).mapToObj(number -> () -> work.on(number));
            all.forEach(threads::submit);
        }
    }

    private static List<Integer> twelfths(Handle handle, List<Integer> divisors) {
        return divisors.stream()
                .map(divisor -> handle.createQuery("select 12 / :divisor")
                        .bind("divisor", divisor)
                        .mapTo(Integer.class)
                        .one())
                .toList();
    }

    private static List<Integer> add(Handle transaction, List<Integer> numbers) {
        for (int number : numbers) {
            if (number < 0) {
                throw new IllegalArgumentException("not " + number);
            }
            transaction.execute("insert into shared_work values (?, pg_current_xact_id())", number);
        }
        return numbers;
    }

    private List<Integer> numbers() {
        return database.read(handle -> handle.createQuery("select number from shared_work order by number")
                .mapTo(Integer.class)
                .list());
    }
}
