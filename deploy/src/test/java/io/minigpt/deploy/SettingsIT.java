package io.minigpt.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.minigpt.local.system.Service;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manifests tell a service is what the built service reads. */
class SettingsIT {
    /** Read by the C library, by DJL and by the client of S3. */
    private static final Set<String> OF_LIBRARIES =
            Set.of("MALLOC_ARENA_MAX", "GLIBC_TUNABLES", "DJL_CACHE_DIR", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

    private static final Map<Service, ServicePackage> PACKAGES = new ConcurrentHashMap<>();

    static Stream<Combination> combinations() {
        return Combination.all();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyVariableIsASettingThatTheServiceReads(Combination combination) {
        Manifests manifests = combination.rendered();
        for (Service service : Service.values()) {
            // Given
            Workload workload = manifests.workload(service.label());
            Set<String> given = new HashSet<>(workload.variables(manifests).keySet());
            given.addAll(workload.referredVariables());
            given.removeAll(OF_LIBRARIES);

            // Then
            Set<String> settings = built(service).settings().keySet();
            assertThat(given)
                    .as(service.label())
                    .isNotEmpty()
                    .allMatch(variable -> isSettingOfKafka(service, variable)
                            || settings.stream().anyMatch(setting -> variable.matches(pattern(setting))));
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void portsAreThoseThatTheServicesListenOn(Combination combination) {
        Manifests manifests = combination.rendered();
        for (Service service : Service.values()) {
            int listening = Integer.parseInt(built(service).defaultOf("quarkus.http.port"));
            assertThat(manifests.workload(service.label()).container().getPorts())
                    .singleElement()
                    .satisfies(port -> assertThat(port.getContainerPort()).isEqualTo(listening));
            assertThat(manifests
                            .get(io.fabric8.kubernetes.api.model.Service.class, service.label())
                            .getSpec()
                            .getPorts())
                    .singleElement()
                    .satisfies(port -> assertThat(port.getPort()).isEqualTo(listening));
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void theConsoleKnowsWhereEveryServiceIs(Combination combination) {
        Manifests manifests = combination.rendered();
        Map<String, String> variables = manifests.workload("console").variables(manifests);
        for (Service service : Service.values()) {
            if (service != Service.CONSOLE) {
                URI route = URI.create(variables.get("MINIGPT_CONSOLE_ROUTES_" + service.name()));
                assertThat(route).isEqualTo(URI.create("http://" + service.label() + ":" + service.port()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void theTimeToStopIsLongerThanAllThatAServiceDoesThen(Combination combination) {
        for (Service service : Service.values()) {
            // Given
            Workload workload = combination.rendered().workload(service.label());
            ServicePackage built = built(service);
            Duration needed = Duration.ofSeconds(
                    workload.container().getLifecycle().getPreStop().getSleep().getSeconds());
            for (String setting :
                    List.of("quarkus.shutdown.timeout", "minigpt.jobs.drain", "minigpt.inference.drain")) {
                if (built.settings().containsKey(setting)) {
                    needed = needed.plus(Duration.parse("PT" + built.defaultOf(setting)));
                }
            }

            // Then
            assertThat(Duration.ofSeconds(workload.pod().getTerminationGracePeriodSeconds()))
                    .as(service.label())
                    .isGreaterThan(needed.plusSeconds(5));
        }
    }

    @Test
    void theLaptopsDatabasesAreThoseOfTheServices() {
        // Given
        Manifests manifests = Combination.LAPTOP.rendered();
        List<String> created = manifests
                .configMap("postgres")
                .getData()
                .get("databases.sql")
                .lines()
                .filter(line -> line.startsWith("create database "))
                .map(line -> line.replaceFirst("create database (\\w+);", "$1"))
                .toList();

        // When
        List<String> used = Stream.of(Service.values())
                .map(service ->
                        manifests.workload(service.label()).variables(manifests).get("QUARKUS_DATASOURCE_JDBC_URL"))
                .filter(url -> url != null)
                .peek(url -> assertThat(url).startsWith("jdbc:postgresql://postgres:5432/"))
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .toList();

        // Then
        assertThat(used).containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    void theLaptopsBrokerIsWhereTheServicesLookForIt() {
        // Given
        Manifests manifests = Combination.LAPTOP.rendered();
        String broker = manifests.configMap("kafka").getData().get("server.properties");

        // When
        ConfigMap clients = manifests.configMap("kafka-client");

        // Then
        assertThat(broker)
                .contains(
                        "advertised.listeners=PLAINTEXT://" + clients.getData().get("KAFKA_BOOTSTRAP_SERVERS"));
    }

    private static ServicePackage built(Service service) {
        return PACKAGES.computeIfAbsent(service, ServicePackage::new);
    }

    private static boolean isSettingOfKafka(Service service, String variable) {
        return service != Service.CONSOLE
                && variable.startsWith("KAFKA_")
                && ConsumerConfig.configNames()
                        .contains(variable.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'));
    }

    /** How MicroProfile Config finds a setting in the environment; a free part of its name may be anything. */
    private static String pattern(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_").replace("*", "\\w+");
    }
}
