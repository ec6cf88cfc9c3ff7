package io.minigpt.console.http;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The services behind the console, played by one real server: it says what a test lets it say, and tells what reached
 * it. Augmentation does not answer at all.
 */
public class ScriptedServices implements QuarkusTestResourceLifecycleManager {

    /** What a streamed answer consists of. */
    static final List<String> PIECES = List.of("长城", "在中国", "北方 🏯", "。");

    private static final String BATTLE = """
            data: {"battle": "b1"}

            data: {"side": "b", "text": "右"}

            data: {"side": "a", "text": "左"}

            data: {"side": "a", "text": "边"}

            data: {"side": "a", "finish": "end_of_text"}

            data: {"side": "b", "finish": "end_of_text"}

            data: [DONE]

            """;
    private static final String LEADERBOARD = """
            {"groups": [{"ratings": [
                {"model": "samples:2", "rating": 1040.4, "low": 1001.2, "high": 1090.9, "battles": 12},
                {"model": "samples:1", "rating": 960, "low": 910, "high": 998, "battles": 7}],
              "neverMet": [["samples:2", "samples:1"]]}],
             "pairs": [{"a": "samples:1", "b": "samples:2", "temperature": 0.8, "winsA": 3, "winsB": 4, "ties": 0,
                        "bothBad": 0}]}
            """;

    private Vertx vertx;
    private HttpServerResponse openStream;

    /** Bodies of the requests for answers and flags. */
    final BlockingQueue<JsonObject> asked = new LinkedBlockingQueue<>();
    /** Paths of the streams whose caller went away. */
    final BlockingQueue<String> abandoned = new LinkedBlockingQueue<>();
    /** Bytes of an upload that have arrived. */
    final AtomicLong received = new AtomicLong();
    /** What {@code GET /v1/models} answers. */
    volatile JsonArray models = models();
    /** Whether the pieces of an answer after the first wait for {@link #goOn()}. */
    volatile boolean patient;

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        int port = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        String address = "http://127.0.0.1:" + port;
        return Map.of(
                "minigpt.console.routes.corpus", address,
                "minigpt.console.routes.inference", address,
                "minigpt.console.routes.augmentation", "http://127.0.0.1:" + silentPort());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(ScriptedServices.class));
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Sends what is left of the streamed answer. */
    void goOn() {
        vertx.runOnContext(ignored -> finish(openStream));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static JsonArray models() {
        return new JsonArray()
                .add(new JsonObject()
                        .put("id", "samples")
                        .put("root", "samples:2")
                        .put("stage", "sft"))
                .add(new JsonObject()
                        .put("id", "samples-base")
                        .put("root", "samples-base:1")
                        .put("stage", "pretrain"));
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/v1/models" -> json(request, 200, new JsonObject().put("data", models));
            case "/v1/chat/completions" ->
                request.body().onSuccess(body -> {
                    asked.add(body.toJsonObject());
                    stream(request);
                    if (!patient) {
                        finish(request.response());
                    }
                });
            case "/v1/completions" ->
                request.body().onSuccess(body -> {
                    asked.add(body.toJsonObject());
                    stream(request);
                });
            case "/api/arena/battles" ->
                request.body().onSuccess(body -> {
                    asked.add(body.toJsonObject());
                    request.response()
                            .putHeader("Content-Type", "text/event-stream")
                            .end(BATTLE);
                });
            case "/api/arena/battles/b1/vote" ->
                request.body().onSuccess(body -> {
                    asked.add(body.toJsonObject());
                    json(request, 200, new JsonObject().put("a", "samples:2").put("b", "samples:1"));
                });
            case "/api/arena/leaderboard" -> json(request, 200, new JsonObject(LEADERBOARD));
            case "/api/flags" ->
                request.body().onSuccess(body -> {
                    asked.add(body.toJsonObject());
                    json(request, 201, new JsonObject().put("id", "flag-1"));
                });
            case "/api/corpora/large/documents" -> receive(request);
            case "/api/corpora" -> {
                JsonObject headers = new JsonObject();
                request.headers()
                        .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
                json(request, 200, headers.put("uri", request.uri()));
            }
            case "/q/health/ready" -> request.response().end();
            default -> request.response().setStatusCode(404).end();
        }
    }

    /** Begins a streamed answer with its first piece. */
    private void stream(HttpServerRequest request) {
        openStream = request.response();
        openStream.putHeader("Content-Type", "text/event-stream").setChunked(true);
        openStream.closeHandler(ignored -> {
            if (!request.response().ended()) {
                abandoned.add(request.path());
            }
        });
        openStream.write(event(PIECES.getFirst(), null));
    }

    private static void finish(HttpServerResponse stream) {
        Buffer rest = Buffer.buffer();
        PIECES.stream().skip(1).forEach(piece -> rest.appendString(event(piece, null)));
        rest.appendString(event("", "stop")).appendString("data: [DONE]\n\n");
        // split in the middle of a character, as a network may
        int cut = rest.length() / 2 + 1;
        stream.write(rest.slice(0, cut));
        stream.end(rest.slice(cut, rest.length()));
    }

    private static String event(String text, String finish) {
        JsonObject choice = new JsonObject()
                .put("index", 0)
                .put("delta", new JsonObject().put("content", text))
                .put("text", text)
                .put("finish_reason", finish);
        JsonObject chunk = new JsonObject().put("model", "samples:2").put("choices", new JsonArray().add(choice));
        return "data: " + chunk.encode() + "\n\n";
    }

    private void receive(HttpServerRequest request) {
        MessageDigest digest = sha256();
        received.set(0);
        request.response().exceptionHandler(failure -> abandoned.add(request.path()));
        request.handler(part -> {
            digest.update(part.getBytes());
            received.addAndGet(part.length());
        });
        request.endHandler(ignored -> json(
                request,
                200,
                new JsonObject()
                        .put("bytes", received.get())
                        .put("sha256", HexFormat.of().formatHex(digest.digest()))));
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }

    private static int silentPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
