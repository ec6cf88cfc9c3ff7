package io.minigpt.teacher.run;

import com.google.protobuf.Message;
import io.minigpt.proto.event.v1.StreamPosition;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * A change of one stored result with the fact that tells of it.
 *
 * @param id id of the result
 * @param superseded numbers of the facts about it so far
 * @param columns binds the columns that are its own
 * @param fact the fact, given its place in the stream
 */
public record ResultChange(
        String id, List<Long> superseded, Consumer<PreparedBatch> columns, Function<StreamPosition, Message> fact) {}
