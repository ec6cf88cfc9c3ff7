package io.minigpt.platform.events;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Before a service consumes anything, waits for the topics that it reads and creates its dead-letter topics. A consumer
 * that starts before its topics would overlook them for minutes.
 */
@ApplicationScoped
public class ServiceTopics {

    private static final Logger LOG = Logger.getLogger(ServiceTopics.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final EventsConfig config;
    private final String service;
    private final Map<String, Object> kafka;
    private final Optional<List<String>> topics;

    public ServiceTopics(
            EventsConfig config,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @Identifier(KafkaClients.BROKER) Map<String, Object> kafka,
            @ConfigProperty(name = "mp.messaging.incoming.events.topics") Optional<List<String>> topics) {
        this.config = config;
        this.service = service;
        this.kafka = kafka;
        this.topics = topics;
    }

    void prepare(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event)
            throws ExecutionException, InterruptedException {
        if (topics.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(KafkaClients.settings(kafka))) {
            Set<String> existing = await(admin, topics.get());
            if (config.createDeadLetterTopics()) {
                createMissing(
                        admin,
                        topics.get().stream()
                                .map(topic -> EventCatalog.deadLetterTopic(topic, service))
                                .filter(name -> !existing.contains(name))
                                .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
                                .toList());
            }
        }
    }

    private Set<String> await(Admin admin, List<String> needed) throws ExecutionException, InterruptedException {
        Instant deadline = Instant.now().plus(config.topicsWait());
        boolean said = false;
        while (true) {
            Set<String> existing = admin.listTopics().names().get();
            List<String> missing =
                    needed.stream().filter(topic -> !existing.contains(topic)).toList();
            if (missing.isEmpty()) {
                return existing;
            }
            String what = "Kafka has no topic " + String.join(", ", missing);
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(
                        what + " after " + config.topicsWait() + "; \"minigpt topics\" makes them");
            }
            if (!said) {
                LOG.infof("%s yet; waiting", what);
                said = true;
            }
            Thread.sleep(POLL);
        }
    }

    private static void createMissing(Admin admin, List<NewTopic> missing)
            throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            // another replica was faster
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
