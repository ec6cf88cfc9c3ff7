package io.minigpt.generation.bench;

import io.minigpt.platform.servers.KafkaServer;
import io.minigpt.platform.servers.LoopbackPort;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A broker as a process of its own, so that its processor time can be told. */
final class BrokerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private final int port = LoopbackPort.free();
    private final Process process;

    BrokerProcess(Path home) throws IOException, InterruptedException {
        Path log = Files.createDirectories(home).resolve("broker.log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx384m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaServer.class.getName(),
                        home.resolve("data").toString(),
                        Integer.toString(port),
                        Integer.toString(LoopbackPort.free()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Instant deadline = Instant.now().plus(START);
        while (!listens()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IOException("the broker did not start: " + Files.readString(log));
            }
            Thread.sleep(POLL);
        }
    }

    String address() {
        return LoopbackPort.ADDRESS + ":" + port;
    }

    /** Time that the processors have spent on it. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private boolean listens() {
        try (Socket socket = new Socket(LoopbackPort.ADDRESS, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            // not yet
            return false;
        }
    }
}
