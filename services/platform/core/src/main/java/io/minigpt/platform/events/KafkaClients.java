package io.minigpt.platform.events;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Settings of the clients that a service makes itself: what {@code kafka.*} says of the broker and how to sign in. */
final class KafkaClients {

    /** Name of the bean with all settings {@code kafka.*}, which the consumer uses, too. */
    static final String BROKER = "default-kafka-broker";

    /** Bytes that go to one partition at a time; the client's default holds five documents. */
    private static final int BATCH_BYTES = 128 * 1024;

    private KafkaClients() {}

    /** Settings of any client. */
    static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        // a consumer's, which the bean always has
        settings.remove(CommonClientConfigs.GROUP_ID_CONFIG);
        return settings;
    }

    /** Settings of every producer: acknowledged by all replicas, in order, without duplicates by retries. */
    static Map<String, Object> producer(Map<String, Object> kafka) {
        Map<String, Object> settings = settings(kafka);
        settings.putAll(Map.of(
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                60_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000));
        return settings;
    }
}
