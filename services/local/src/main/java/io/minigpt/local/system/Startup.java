package io.minigpt.local.system;

import io.minigpt.local.Refusal;
import io.minigpt.platform.servers.KafkaServer;
import io.minigpt.platform.servers.LinuxProcess;
import io.minigpt.platform.servers.PostgresServer;
import io.minigpt.platform.servers.PostgresSettings;
import io.minigpt.platform.servers.ServerStartException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** One start of a system: the two stores side by side, then all services side by side. */
final class Startup {
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Installation installation;
    private final ProcessTable table;
    private final LocalSystem.Progress progress;
    private final Health health = new Health();
    private final Instant start = Instant.now();
    private final JavaCommand java;
    private final String password;

    Startup(Installation installation, ProcessTable table, LocalSystem.Progress progress) {
        this.installation = installation;
        this.table = table;
        this.progress = progress;
        this.java = new JavaCommand(installation);
        this.password = Secrets.databasePassword(installation.home());
    }

    void run() {
        together(List.of(this::postgres, this::kafka));
        List<Callable<Void>> services = new ArrayList<>();
        for (Service service : Service.values()) {
            services.add(() -> service(service));
        }
        together(services);
    }

    private Void postgres() {
        PostgresSettings settings = PostgresSettings.of(
                        installation.home().postgres(), installation.ports().postgres(), password)
                .inOwnSession();
        PostgresServer server = PostgresServer.running(settings).orElseGet(() -> PostgresServer.start(settings));
        table.put(LocalSystem.POSTGRES, server.process());
        for (Service service : Service.values()) {
            service.database().ifPresent(server::createDatabase);
        }
        ready(LocalSystem.POSTGRES, installation.ports().postgres());
        return null;
    }

    private Void kafka() throws InterruptedException {
        int port = installation.ports().kafka();
        ProcessLog log = ProcessLog.fromNow(installation.home().log(LocalSystem.KAFKA));
        LinuxProcess process =
                table.find(LocalSystem.KAFKA).orElseGet(() -> launch(LocalSystem.KAFKA, java.kafka(), Map.of()));
        await(LocalSystem.KAFKA, process, log, () -> Health.isListening(port));
        KafkaServer.createTopics(installation.kafkaAddress(), Topics.all());
        ready(LocalSystem.KAFKA, port);
        return null;
    }

    private Void service(Service service) throws InterruptedException {
        ProcessLog log = ProcessLog.fromNow(installation.home().log(service.label()));
        LinuxProcess process = table.find(service.label())
                .orElseGet(() -> launch(
                        service.label(),
                        java.service(service),
                        new ServiceEnvironment(installation, password).of(service)));
        await(service.label(), process, log, () -> health.isReady(installation.address(service)));
        ready(service.label(), installation.ports().of(service));
        return null;
    }

    private LinuxProcess launch(String name, List<String> command, Map<String, String> variables) {
        Map<String, String> environment = new TreeMap<>(variables);
        environment.putAll(table.mark(name));
        LinuxProcess process = DetachedProcess.start(
                command, installation.root(), environment, installation.home().log(name));
        table.put(name, process);
        return process;
    }

    private void await(String name, LinuxProcess process, ProcessLog log, BooleanSupplier condition)
            throws InterruptedException {
        Instant deadline = Instant.now().plus(LIMIT);
        while (!condition.getAsBoolean()) {
            if (!process.isRunning()) {
                throw Refusal.failed(name + " ended while it started: " + log.lastError());
            }
            if (Instant.now().isAfter(deadline)) {
                throw Refusal.failed(name + " was not ready within " + LIMIT.toSeconds() + " s: " + log.lastError());
            }
            Thread.sleep(POLL);
        }
    }

    private void ready(String name, int port) {
        Duration time = Duration.between(start, Instant.now());
        progress.line(String.format(
                Locale.ROOT, "ready    %-22s 127.0.0.1:%-6d after %4.1f s", name, port, time.toMillis() / 1000.0));
    }

    private static void together(List<Callable<Void>> tasks) {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(executor);
            tasks.forEach(running::submit);
            for (int ended = 0; ended < tasks.size(); ended++) {
                running.take().get();
            }
        } catch (ExecutionException failure) {
            throw refusal(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Refusal.failed("Interrupted while the system started.", interrupted);
        } finally {
            // what has been launched goes on; only the waiting for it ends
            executor.shutdownNow();
        }
    }

    private static RuntimeException refusal(Throwable cause) {
        return switch (cause) {
            case Refusal refusal -> refusal;
            case ServerStartException failure -> Refusal.failed(failure.getMessage(), failure);
            default -> new IllegalStateException(cause);
        };
    }
}
