package io.minigpt.local.system;

import io.minigpt.platform.servers.PostgresServer;
import java.util.Map;
import java.util.TreeMap;

/** The environment variables that tell a service where it is and whom it talks to. */
final class ServiceEnvironment {
    private final Installation installation;
    private final String password;

    ServiceEnvironment(Installation installation, String password) {
        this.installation = installation;
        this.password = password;
    }

    Map<String, String> of(Service service) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(installation.ports().of(service)));
        // read by people
        variables.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        // one heap of the C library: with one a thread, what a thread has freed is lost to the others
        variables.put("MALLOC_ARENA_MAX", "1");
        if (service.work() == Service.Work.HEAVY) {
            // pages of 2 MB where the kernel leaves it to the program: a training step takes a tenth less
            variables.put("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
        }
        variables.put("KAFKA_BOOTSTRAP_SERVERS", installation.kafkaAddress());
        variables.put("MINIGPT_ARTIFACTS_ROOT", installation.home().artifacts().toString());
        variables.put("MINIGPT_CONFIG_ROOT", installation.configuration().toString());
        service.database().ifPresent(database -> {
            variables.put("QUARKUS_DATASOURCE_JDBC_URL", installation.jdbcUrl(database));
            variables.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
            variables.put("QUARKUS_DATASOURCE_PASSWORD", password);
        });
        if (service == Service.CONSOLE) {
            for (Service target : Service.values()) {
                if (target != Service.CONSOLE) {
                    variables.put(
                            "MINIGPT_CONSOLE_ROUTES_" + target.name(),
                            installation.address(target).toString());
                }
            }
        }
        if (service == Service.TOKENIZATION) {
            variables.put("MINIGPT_TOKENIZATION_WORK_FOLDER", work(service));
        }
        if (service == Service.INFERENCE) {
            variables.put(
                    "MINIGPT_INFERENCE_TRACES_RECORDS",
                    installation.address(Service.TOKENIZATION).toString());
        }
        if (service == Service.TRAINING_WORKER) {
            variables.put("MINIGPT_WORKER_SCRATCH", work(service));
            variables.put(
                    "MINIGPT_WORKER_RECORDS_ADDRESS",
                    installation.address(Service.TOKENIZATION).toString());
        }
        return variables;
    }

    private String work(Service service) {
        return installation.home().work().resolve(service.label()).toString();
    }
}
