package io.minigpt.platform.events;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import io.minigpt.proto.augmentation.v1.AugmentationProto;
import io.minigpt.proto.corpus.v1.CorpusProto;
import io.minigpt.proto.dataset.v1.DatasetProto;
import io.minigpt.proto.event.v1.EventOptions;
import io.minigpt.proto.event.v1.EventProto;
import io.minigpt.proto.event.v1.Topic;
import io.minigpt.proto.event.v1.TopicOptions;
import io.minigpt.proto.generation.v1.GenerationProto;
import io.minigpt.proto.inference.v1.InferenceProto;
import io.minigpt.proto.pipeline.v1.PipelineProto;
import io.minigpt.proto.registry.v1.RegistryProto;
import io.minigpt.proto.training.v1.TrainingProto;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All event types and topics, read from the options in the contract itself. */
public final class EventCatalog {

    private static final List<FileDescriptor> CONTRACT = List.of(
            CorpusProto.getDescriptor(),
            GenerationProto.getDescriptor(),
            AugmentationProto.getDescriptor(),
            DatasetProto.getDescriptor(),
            TrainingProto.getDescriptor(),
            RegistryProto.getDescriptor(),
            InferenceProto.getDescriptor(),
            PipelineProto.getDescriptor());

    private static final Map<String, EventType> BY_NAME = new LinkedHashMap<>();
    private static final Map<Descriptor, EventType> BY_MESSAGE = new LinkedHashMap<>();

    static {
        for (FileDescriptor file : CONTRACT) {
            for (Descriptor message : file.getMessageTypes()) {
                if (message.getOptions().hasExtension(EventProto.event)) {
                    add(message);
                }
            }
        }
    }

    private EventCatalog() {}

    /** The type with this CloudEvents name, if the contract has one. */
    public static Optional<EventType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The type of this message. @throws IllegalArgumentException if the message is no event of its own */
    public static EventType of(Message message) {
        EventType type = BY_MESSAGE.get(message.getDescriptorForType());
        if (type == null) {
            throw new IllegalArgumentException(
                    message.getDescriptorForType().getFullName() + " does not travel as an event of its own");
        }
        return type;
    }

    /** Every type. */
    public static List<EventType> types() {
        return List.copyOf(BY_NAME.values());
    }

    /** Every topic with its settings. */
    public static List<TopicOptions> topics() {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic != Topic.TOPIC_UNSPECIFIED && topic != Topic.UNRECOGNIZED)
                .map(EventCatalog::options)
                .toList();
    }

    /** Name of the topic that takes what the service could not handle. */
    public static String deadLetterTopic(String topic, String service) {
        return topic + "." + service + ".dlq";
    }

    private static void add(Descriptor message) {
        EventOptions options = message.getOptions().getExtension(EventProto.event);
        EventType type = new EventType(
                options.getType(), options(options.getTopic()).getName(), options.getKind(), empty(message));
        if (BY_NAME.put(type.name(), type) != null) {
            throw new IllegalStateException("two messages have the event type " + type.name());
        }
        BY_MESSAGE.put(message, type);
    }

    private static TopicOptions options(Topic topic) {
        return topic.getValueDescriptor().getOptions().getExtension(EventProto.topic);
    }

    private static Message empty(Descriptor message) {
        String javaName = message.getFile().getOptions().getJavaPackage() + "." + message.getName();
        try {
            Class<? extends Message> type = Class.forName(javaName).asSubclass(Message.class);
            return Internal.getDefaultInstance(type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no generated class " + javaName, e);
        }
    }
}
