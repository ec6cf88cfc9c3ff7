package io.minigpt.corpus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What an import needs of an S3 server: objects of one bucket, whole or from an offset on. */
public final class BucketServer implements QuarkusTestResourceLifecycleManager {

    static final String BUCKET = "inbox";

    /** The objects by key. */
    static final Map<String, byte[]> OBJECTS = new ConcurrentHashMap<>();

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/" + BUCKET + "/", BucketServer::answer);
        server.start();
        // as every AWS client is told
        System.setProperty("aws.accessKeyId", "user");
        System.setProperty("aws.secretAccessKey", "secret-of-the-test");
        return Map.of(
                "minigpt.corpus.imports.bucket",
                BUCKET,
                "minigpt.artifacts.s3.endpoint",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "minigpt.artifacts.s3.path-style",
                "true");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = exchange.getRequestURI().getPath().substring(BUCKET.length() + 2);
            byte[] object = OBJECTS.get(key);
            if (object == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String tag = '"' + Integer.toHexString(Arrays.hashCode(object)) + '"';
            exchange.getResponseHeaders().set("ETag", tag);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(object.length));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            exchange.sendResponseHeaders(200, object.length);
            exchange.getResponseBody().write(object);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
