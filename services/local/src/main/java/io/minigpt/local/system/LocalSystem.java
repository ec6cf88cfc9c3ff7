package io.minigpt.local.system;

import io.minigpt.local.Refusal;
import io.minigpt.platform.servers.LinuxProcess;
import io.minigpt.platform.servers.PostgresServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A whole MiniGPT on this machine: PostgreSQL, Kafka and every service, each a process of its own. */
public final class LocalSystem {
    static final String POSTGRES = "postgres";
    static final String KAFKA = "kafka";

    private final Installation installation;
    private final ProcessTable table;
    private final Progress progress;

    /** Hears about each process that became ready or ended. */
    @FunctionalInterface
    public interface Progress {
        void line(String text);
    }

    public LocalSystem(Installation installation, Progress progress) {
        this.installation = installation;
        this.table = new ProcessTable(installation.home());
        this.progress = progress;
    }

    /** Names of all processes in the order in which they start. */
    public static List<String> processes() {
        return Stream.concat(
                        Stream.of(POSTGRES, KAFKA), Stream.of(Service.values()).map(Service::label))
                .toList();
    }

    /**
     * Starts what does not run and returns when everything is ready.
     *
     * @throws Refusal if something stands in the way, or a process ends or is not ready in time
     */
    public void up() {
        Home home = installation.home();
        refuseIfAny(new Preflight(installation, Preflight.Machine.thisOne(home)).complaints());
        home.create();
        try (SystemLock lock = SystemLock.take(home)) {
            stopStrays();
            refuseIfAny(Preflight.complaintsAbout(portsToTake()));
            new Startup(installation, table, progress).run();
        }
    }

    /** Stops every process of the system, entrance first and stores last. */
    public void down() {
        installation.home().create();
        try (SystemLock lock = SystemLock.take(installation.home())) {
            Shutdown shutdown = new Shutdown(table, progress);
            shutdown.stop(List.of(Service.CONSOLE.label()));
            shutdown.stop(Stream.of(Service.values())
                    .filter(service -> service != Service.CONSOLE)
                    .map(Service::label)
                    .toList()
                    .reversed());
            shutdown.stop(List.of(KAFKA));
            stopStrays();
            if (PostgresServer.stop(installation.home().postgres())) {
                progress.line("stopped  " + POSTGRES);
            }
            table.remove(POSTGRES);
        }
    }

    /** The state of every process. */
    public List<ProcessStatus> status() throws InterruptedException {
        return new StatusReader(installation, table).read();
    }

    /** A launcher that was killed may have left processes that it had not noted yet. */
    private void stopStrays() {
        List<LinuxProcess> noted =
                processes().stream().flatMap(name -> table.find(name).stream()).toList();
        List<LinuxProcess> strays = new ArrayList<>(table.marked());
        strays.removeIf(process -> noted.stream().anyMatch(parent -> Descent.includes(parent, process)));
        new Shutdown(table, progress).stopUnnoted(strays);
    }

    private static void refuseIfAny(List<String> complaints) {
        if (!complaints.isEmpty()) {
            throw Refusal.notPossible(String.join("\n", complaints));
        }
    }

    private Map<Integer, String> portsToTake() {
        Ports ports = installation.ports();
        Map<Integer, String> needed = new LinkedHashMap<>();
        if (PostgresServer.processOn(installation.home().postgres()).isEmpty()) {
            needed.put(ports.postgres(), "PostgreSQL");
        }
        if (table.find(KAFKA).isEmpty()) {
            needed.put(ports.kafka(), "Kafka");
            needed.put(ports.kafkaController(), "Kafka's controller");
        }
        for (Service service : Service.values()) {
            if (table.find(service.label()).isEmpty()) {
                needed.put(ports.of(service), service.label());
            }
        }
        return needed;
    }
}
