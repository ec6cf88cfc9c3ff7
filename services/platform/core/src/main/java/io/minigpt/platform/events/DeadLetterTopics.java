package io.minigpt.platform.events;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Creates the dead-letter topics of this service before it consumes anything. */
@ApplicationScoped
public class DeadLetterTopics {

    private final EventsConfig config;
    private final String service;
    private final String bootstrapServers;
    private final Optional<List<String>> topics;

    public DeadLetterTopics(
            EventsConfig config,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "mp.messaging.incoming.events.topics") Optional<List<String>> topics) {
        this.config = config;
        this.service = service;
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
    }

    void create(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event)
            throws ExecutionException, InterruptedException {
        if (!config.createDeadLetterTopics() || topics.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = topics.get().stream()
                    .map(topic -> EventCatalog.deadLetterTopic(topic, service))
                    .filter(name -> !existing.contains(name))
                    .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
                    .toList();
            createMissing(admin, missing);
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
