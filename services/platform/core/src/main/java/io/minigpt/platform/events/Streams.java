package io.minigpt.platform.events;

import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.event.v1.StreamRevision;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Numbers the facts of a stream without gaps on the publishing side, and keeps on the consuming side which numbers have
 * arrived. Topics and partitions are not ordered against each other, so this is how a consumer knows that it has all.
 */
@ApplicationScoped
public class Streams {

    /**
     * Takes the next numbers of a stream. The row stays locked until the transaction ends: numbers become visible in
     * their order and none is lost.
     *
     * @return the first of {@code count} consecutive numbers
     */
    public long next(Handle transaction, String stream, int count) {
        long last = transaction
                .createQuery("""
                        insert into stream (name, revision) values (:name, :count)
                        on conflict (name) do update set revision = stream.revision + excluded.revision
                        returning revision
                        """)
                .bind("name", stream)
                .bind("count", count)
                .mapTo(Long.class)
                .one();
        return last - count + 1;
    }

    /** What has been published of a stream of this service. */
    public StreamRevision published(Handle transaction, String stream) {
        long revision = transaction
                .createQuery("select revision from stream where name = :name")
                .bind("name", stream)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
        return StreamRevision.newBuilder()
                .setStream(stream)
                .setRevision(revision)
                .build();
    }

    /** Notes that facts have arrived. */
    void received(Handle transaction, Collection<StreamPosition> positions) {
        Map<String, String> byStream = positions.stream()
                .collect(Collectors.groupingBy(
                        StreamPosition::getStream,
                        TreeMap::new,
                        Collectors.flatMapping(Streams::ranges, Collectors.joining(",", "{", "}"))));
        byStream.forEach((stream, ranges) -> transaction
                .createUpdate("""
                        insert into stream_received (stream, received) values (:stream, cast(:ranges as int8multirange))
                        on conflict (stream) do update set received = stream_received.received + excluded.received
                        """)
                .bind("stream", stream)
                .bind("ranges", ranges)
                .execute());
    }

    /** How many numbers up to the revision have arrived; equal to the revision when all have. */
    public long received(Handle transaction, StreamRevision wanted) {
        return transaction
                .createQuery("""
                        select coalesce(sum(upper(part) - lower(part)), 0)
                        from stream_received,
                             unnest(received * int8multirange(int8range(1, :revision + 1))) part
                        where stream = :stream
                        """)
                .bind("stream", wanted.getStream())
                .bind("revision", wanted.getRevision())
                .mapTo(Long.class)
                .one();
    }

    private static Stream<String> ranges(StreamPosition position) {
        return Stream.concat(Stream.of(position.getRevision()), position.getSupersededList().stream())
                .map(number -> "[" + number + "," + (number + 1) + ")");
    }
}
