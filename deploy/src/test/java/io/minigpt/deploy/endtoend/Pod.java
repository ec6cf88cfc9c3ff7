package io.minigpt.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.minigpt.deploy.Manifests;
import io.minigpt.deploy.Workload;
import io.minigpt.platform.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A pod's program as a process of this machine: its environment is the one of the manifests, and no other variable. */
final class Pod implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Map<String, String> SECRETS =
            Map.of("database/username", PostgresServer.USER, "database/password", Stores.PASSWORD);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Workload workload;
    private final Process process;
    private final int port;
    private final Path log;

    private Pod(Workload workload, Process process, int port, Path log) {
        this.workload = workload;
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts it and returns at once.
     *
     * @param port where it listens here; a pod has an address of its own
     */
    static Pod start(Workload workload, Manifests manifests, Placement placement, String name, int port) {
        Map<String, String> environment = new TreeMap<>();
        workload.variables(manifests).forEach((key, value) -> environment.put(key, placement.here(value)));
        for (EnvVar variable : workload.container().getEnv()) {
            if (variable.getValueFrom() != null) {
                environment.put(variable.getName(), referred(variable, name));
            }
        }
        if (workload.isService()) {
            // every address of a pod would be every address of this machine
            assertThat(environment.put("QUARKUS_HTTP_HOST", "127.0.0.1")).isEqualTo("0.0.0.0");
            assertThat(environment.put("QUARKUS_HTTP_PORT", Integer.toString(port)))
                    .isNull();
        }
        try {
            Path folder =
                    Files.createDirectories(placement.home().resolve("tmp").resolve(name));
            Path log = placement.home().resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(command(workload, placement, folder))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Pod(workload, builder.start(), port, log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits as the kubelet does: until the startup probe succeeds within its tries, and then the readiness probe. */
    Pod awaitReady() {
        Probe startup = workload.container().getStartupProbe();
        Duration limit = Duration.ofSeconds((long) startup.getPeriodSeconds() * startup.getFailureThreshold());
        Instant deadline = Instant.now().plus(limit);
        for (Probe probe : List.of(startup, workload.container().getReadinessProbe())) {
            while (!succeeds(probe)) {
                assertThat(process.isAlive())
                        .as("%s runs; see its log:%n%s", workload.name(), log())
                        .isTrue();
                assertThat(Instant.now())
                        .as("%s is ready:%n%s", workload.name(), log())
                        .isBefore(deadline);
                sleep();
            }
        }
        assertThat(succeeds(workload.container().getLivenessProbe()))
                .as(workload.name())
                .isTrue();
        return this;
    }

    /** Waits until a program that ends has ended well. */
    void awaitSuccess(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("%s ends:%n%s", workload.name(), log())
                .isTrue();
        assertThat(process.exitValue()).as(log()).isZero();
    }

    /** Sends SIGTERM and waits at most for the grace period; how long it took. */
    Duration stop() throws InterruptedException {
        Instant start = Instant.now();
        Duration grace = Duration.ofSeconds(workload.pod().getTerminationGracePeriodSeconds())
                .minusSeconds(workload.container()
                        .getLifecycle()
                        .getPreStop()
                        .getSleep()
                        .getSeconds());
        process.destroy();
        assertThat(process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS))
                .as("%s ends within %s:%n%s", workload.name(), grace, log())
                .isTrue();
        // 128 + SIGTERM, or a program that ended by itself; not a crash in native code
        assertThat(process.exitValue()).as("%s: %s", workload.name(), log()).isIn(0, 143);
        return Duration.between(start, Instant.now());
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Memory of its own, in bytes; what it shares with files can be taken back. */
    long ownMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }

    long memoryLimit() {
        return Workload.bytes(workload.container().getResources().getLimits(), "memory");
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static List<String> command(Workload workload, Placement placement, Path folder) throws IOException {
        String image = workload.container().getImage().replaceFirst(".*/(.*):.*", "$1");
        Path services = placement.repository().resolve("services");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add("@" + placement.repository().resolve(optionsFile(placement.repository(), image)));
        // the container's memory, of which the options take a part
        command.add("-XX:MaxRAM="
                + Workload.bytes(workload.container().getResources().getLimits(), "memory"));
        command.add("-Djava.io.tmpdir=" + folder);
        command.add("-jar");
        command.add(
                image.equals("local")
                        ? services.resolve("local/target/minigpt-local.jar").toString()
                        : services.resolve(image + "/target/quarkus-app/quarkus-run.jar")
                                .toString());
        command.addAll(workload.container().getArgs());
        return command;
    }

    /** The image's own choice, relative to the repository. */
    private static String optionsFile(Path repository, String image) throws IOException {
        Process options = new ProcessBuilder("sh", "deploy/images/options", image)
                .directory(repository.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(options.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static String referred(EnvVar variable, String pod) {
        if (variable.getValueFrom().getFieldRef() != null) {
            assertThat(variable.getValueFrom().getFieldRef().getFieldPath()).isEqualTo("metadata.name");
            return pod;
        }
        String secret = variable.getValueFrom().getSecretKeyRef().getName() + "/"
                + variable.getValueFrom().getSecretKeyRef().getKey();
        assertThat(SECRETS).containsKey(secret);
        return SECRETS.get(secret);
    }

    private boolean succeeds(Probe probe) {
        Container container = workload.container();
        assertThat(container.getPorts())
                .anyMatch(declared ->
                        declared.getName().equals(probe.getHttpGet().getPort().getStrVal()));
        HttpRequest request = HttpRequest.newBuilder(
                        address().resolve(probe.getHttpGet().getPath()))
                .timeout(Duration.ofSeconds(probe.getTimeoutSeconds() == null ? 1 : probe.getTimeoutSeconds()))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private String log() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
