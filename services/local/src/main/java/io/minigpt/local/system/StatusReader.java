package io.minigpt.local.system;

import io.minigpt.local.system.ProcessStatus.Died;
import io.minigpt.local.system.ProcessStatus.Running;
import io.minigpt.local.system.ProcessStatus.State;
import io.minigpt.local.system.ProcessStatus.Stopped;
import io.minigpt.platform.servers.LinuxProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Looks at every process of a system, at all of them at the same time. */
final class StatusReader {
    private final Installation installation;
    private final ProcessTable table;
    private final Health health = new Health();

    StatusReader(Installation installation, ProcessTable table) {
        this.installation = installation;
        this.table = table;
    }

    List<ProcessStatus> read() throws InterruptedException {
        Ports ports = installation.ports();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ProcessStatus>> all = new ArrayList<>();
            all.add(executor.submit(
                    () -> status(LocalSystem.POSTGRES, ports.postgres(), () -> Health.isListening(ports.postgres()))));
            all.add(executor.submit(
                    () -> status(LocalSystem.KAFKA, ports.kafka(), () -> Health.isListening(ports.kafka()))));
            for (Service service : Service.values()) {
                all.add(executor.submit(() -> status(
                        service.label(), ports.of(service), () -> health.isReady(installation.address(service)))));
            }
            List<ProcessStatus> statuses = new ArrayList<>();
            for (Future<ProcessStatus> status : all) {
                statuses.add(status.get());
            }
            return statuses;
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    private ProcessStatus status(String name, int port, BooleanSupplier ready) {
        State state = table.find(name)
                .map(process -> running(process, ready.getAsBoolean()))
                .orElseGet(() -> table.knows(name) ? new Died() : new Stopped());
        return new ProcessStatus(name, port, state);
    }

    private static State running(LinuxProcess process, boolean ready) {
        Instant now = Instant.now();
        Instant start = ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().startInstant())
                .orElse(now);
        return new Running(process.pid(), ready, MemoryUse.bytes(process), Duration.between(start, now));
    }
}
