package io.minigpt.generation.bench;

import io.minigpt.platform.servers.KafkaServer;
import io.minigpt.platform.servers.LoopbackPort;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A broker that can be killed: a process of its own, always on the same port and folder. */
final class BrokerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path home;
    private final int port = LoopbackPort.free();
    private final int controllerPort = LoopbackPort.free();
    private Process process;

    BrokerProcess(Path home) throws IOException, InterruptedException {
        this.home = Files.createDirectories(home);
        start();
    }

    String address() {
        return LoopbackPort.ADDRESS + ":" + port;
    }

    /** Time that the processors have spent on it. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Ends it with SIGKILL and starts it again with what it has on the disk. */
    void killAndRestart() throws IOException, InterruptedException {
        process.destroyForcibly().onExit().join();
        start();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private void start() throws IOException, InterruptedException {
        Path log = home.resolve("broker.log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx384m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KafkaServer.class.getName(),
                        home.resolve("data").toString(),
                        Integer.toString(port),
                        Integer.toString(controllerPort))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
                .start();
        Instant deadline = Instant.now().plus(START);
        while (!listens()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IOException("the broker did not start: " + Files.readString(log));
            }
            Thread.sleep(POLL);
        }
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
