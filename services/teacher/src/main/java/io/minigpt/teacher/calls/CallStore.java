package io.minigpt.teacher.calls;

import io.minigpt.platform.database.Insertion;
import io.minigpt.teacher.TeacherReply;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Every reply of a teacher, in the table {@code teacher_call}, whose columns about what was asked are the service's. */
public abstract class CallStore<K extends CallKey> {

    /** What was asked, as columns. */
    protected abstract Map<String, ?> columns(K key);

    /** What the call was about, by the name that {@link #erased} knows it by. */
    protected abstract String subject(K key);

    /** Which of these were erased while the teacher answered; that stays so until the transaction ends. */
    protected abstract Set<String> erased(Handle transaction, Collection<String> subjects);

    /** The texts of the replies to what was asked before, by the id of the call. */
    public Map<String, String> find(Handle handle, Collection<String> ids) {
        Map<String, String> replies = new HashMap<>();
        handle.createQuery("select id, reply from teacher_call where id = any(:ids)")
                .bind("ids", ids.toArray(String[]::new))
                .map((row, context) -> replies.put(row.getString("id"), row.getString("reply")))
                .list();
        return replies;
    }

    /** Whether any call of a run brought a reply. */
    public boolean anyOf(Handle transaction, String runId) {
        return transaction
                .createQuery("select exists (select from teacher_call where run_id = :run)")
                .bind("run", runId)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Keeps replies, but for NUL characters, which no text has and which no text column takes.
     *
     * @return their texts in their order; that of another reply to the same question if one was kept before
     */
    public List<String> keep(Handle transaction, List<GivenReply<K>> given) {
        Set<String> erased = erased(
                transaction, given.stream().map(call -> subject(call.key())).collect(Collectors.toSet()));
        Set<String> added = Insertion.ofNew(
                transaction,
                "teacher_call",
                given.stream()
                        .map(call -> row(call, erased.contains(subject(call.key()))))
                        .toList());
        Map<String, String> kept = added.size() == given.size()
                ? Map.of()
                : find(transaction, given.stream().map(call -> call.key().id()).toList());
        return given.stream()
                .map(call -> kept.getOrDefault(call.key().id(), call.text()))
                .toList();
    }

    private Map<String, Object> row(GivenReply<K> call, boolean erased) {
        TeacherReply reply = call.reply();
        Map<String, Object> row = new HashMap<>(columns(call.key()));
        row.put("id", erased ? forgotten(call.key().id()) : call.key().id());
        row.put("run_id", call.runId());
        row.put("reply", erased ? "" : call.text());
        row.put("tokens_in", reply.tokensIn());
        row.put("tokens_out", reply.tokensOut());
        row.put("latency_millis", reply.latency().toMillis());
        row.put("retries", reply.retries());
        row.put("model", reply.model());
        row.put("answered_by", reply.answeredBy());
        row.put("cost", reply.cost());
        return row;
    }

    /**
     * Forgets replies; that they were made and what they took stays.
     *
     * @param column of what was asked
     * @param values its values in the calls that are meant
     */
    protected static void forget(Handle transaction, String column, Collection<String> values) {
        transaction
                .createUpdate("update teacher_call set reply = '', id = id || '/' || gen_random_uuid() where " + column
                        + " = any(:values) and reply <> ''")
                .bind("values", values.toArray(String[]::new))
                .execute();
    }

    /** The id of a call whose reply is forgotten: should the same be asked again, it is not taken for the answer. */
    private static String forgotten(String id) {
        return id + "/" + UUID.randomUUID();
    }
}
