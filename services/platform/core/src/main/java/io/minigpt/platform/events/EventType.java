package io.minigpt.platform.events;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.minigpt.proto.event.v1.Kind;

/**
 * What the contract says of one type of event.
 *
 * @param name CloudEvents type
 * @param topic topic that carries it
 * @param kind how its handling is made repeatable
 * @param prototype an empty message of the type
 */
public record EventType(String name, String topic, Kind kind, Message prototype) {

    /** @throws InvalidProtocolBufferException if the bytes are not a message of this type */
    Message parse(byte[] payload) throws InvalidProtocolBufferException {
        Parser<? extends Message> parser = prototype.getParserForType();
        return parser.parseFrom(payload);
    }
}
