package io.minigpt.platform.events;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.util.JsonFormat;
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

    /** @throws InvalidProtocolBufferException if the text is not protobuf's JSON form of a message of this type */
    Message parseJson(String json) throws InvalidProtocolBufferException {
        Message.Builder message = prototype.newBuilderForType();
        JsonFormat.parser().merge(json, message);
        return message.build();
    }
}
