package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.inference.Account;
import io.minigpt.inference.Settings;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server alone, without a model. */
class CallersTest {

    private static final int MORE_THAN_BUFFERS_TAKE = 16 << 20;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoDoesNotReadIsSentAwayAfterItsTime() throws Exception {
        // Given an answer that its caller does not read
        Callers callers = new Callers(Settings.of(Map.of("deadline", "100ms", "reading", "100ms")));
        CompletableFuture<Void> gone = new CompletableFuture<>();
        URI service = serve(caller -> {
            callers.cancelWithout(caller, List.of(), Account.unlimited("me").admit(0, 0));
            caller.response().closeHandler(closed -> gone.complete(null));
            caller.response().setChunked(true).write(Buffer.buffer(new byte[MORE_THAN_BUFFERS_TAKE]));
        });

        RawCall silent = new RawCall(service, "silent", "/", "");

        // Then its connection is closed, though what was written is not sent
        assertThat(gone).succeedsWithin(10, TimeUnit.SECONDS);
        silent.close();
    }

    @Test
    void whoHasReadItsAnswerMayAskAgainOverTheSameConnection() throws Exception {
        // Given a caller that is answered at once
        Callers callers = new Callers(Settings.of(Map.of("deadline", "100ms", "reading", "100ms")));
        CompletableFuture<Void> gone = new CompletableFuture<>();
        URI service = serve(caller -> {
            callers.cancelWithout(caller, List.of(), Account.unlimited("me").admit(0, 0));
            caller.request().connection().closeHandler(closed -> gone.complete(null));
            caller.response().end();
        });

        RawCall quick = new RawCall(service, "quick", "/", "");

        // Then it is not sent away when its time would be over
        assertThat(gone).failsWithin(500, TimeUnit.MILLISECONDS);
        quick.close();
    }

    private URI serve(Handler<RoutingContext> answer) throws Exception {
        Router router = Router.router(vertx);
        router.post("/").handler(answer);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }
}
