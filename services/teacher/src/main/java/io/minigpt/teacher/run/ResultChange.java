package io.minigpt.teacher.run;

import com.google.protobuf.Message;
import io.minigpt.proto.event.v1.StreamPosition;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A change of one stored result with the fact that tells of it.
 *
 * @param id id of the result
 * @param superseded numbers of the facts about it so far
 * @param columns the values of the columns that are its own; strings, numbers, booleans
 * @param fact the fact, given its place in the stream
 */
public record ResultChange(
        String id, List<Long> superseded, Map<String, ?> columns, Function<StreamPosition, Message> fact) {}
