package io.minigpt.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class DatabaseIT {

    @Inject
    Database database;

    @Test
    void anEndedConnectionIsToldFromARefusedStatement() {
        Throwable ended = catchThrowable(() ->
                database.run(transaction -> transaction.execute("select pg_terminate_backend(pg_backend_pid())")));
        Throwable refused = catchThrowable(() -> database.run(transaction -> transaction.execute("select 1 / 0")));

        assertThat(ended).matches(Database::isDisconnected);
        assertThat(refused).isNotNull().matches(e -> !Database.isDisconnected(e));
        assertThat(database.answers()).isTrue();
    }
}
