package io.minigpt.local.system;

import io.minigpt.proto.event.v1.Cleanup;
import io.minigpt.proto.event.v1.EventProto;
import io.minigpt.proto.event.v1.Topic;
import io.minigpt.proto.event.v1.TopicOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of the event contract. */
public final class Topics {
    private static final int PARTITIONS = 3;
    private static final short REPLICAS = 1;
    /** After this time a fact that a newer one replaces is gone: the text of an erased document is such a fact. */
    private static final Duration COMPACTED_WITHIN = Duration.ofDays(1);

    private Topics() {}

    /** All of them, sized for one machine. */
    static List<NewTopic> all() {
        return all(PARTITIONS, REPLICAS);
    }

    /** All of them. */
    public static List<NewTopic> all(int partitions, short replicas) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic != Topic.UNRECOGNIZED && topic != Topic.TOPIC_UNSPECIFIED)
                .map(topic -> topic.getValueDescriptor().getOptions().getExtension(EventProto.topic))
                .map(options -> new NewTopic(options.getName(), partitions, replicas).configs(settings(options)))
                .toList();
    }

    private static Map<String, String> settings(TopicOptions options) {
        if (options.getCleanup() == Cleanup.CLEANUP_COMPACT) {
            return Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                    Long.toString(COMPACTED_WITHIN.toMillis()));
        }
        long retention = Duration.ofDays(options.getRetentionDays()).toMillis();
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention));
    }
}
