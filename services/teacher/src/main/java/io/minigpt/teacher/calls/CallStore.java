package io.minigpt.teacher.calls;

import io.minigpt.platform.database.Insertion;
import io.minigpt.teacher.TeacherReply;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every reply of a teacher, in the table {@code teacher_call}, whose columns about what was asked are the service's. */
public abstract class CallStore<K extends CallKey> {

    /** What was asked, as columns. */
    protected abstract Map<String, ?> columns(K key);

    /** Whether what was asked about was erased while the teacher answered; that stays so until the transaction ends. */
    protected abstract boolean isErased(Handle transaction, K key);

    /** The text of the reply, if this was asked before. */
    public Optional<String> find(Handle transaction, K key) {
        return transaction
                .createQuery("select reply from teacher_call where id = :id")
                .bind("id", key.id())
                .mapTo(String.class)
                .findOne();
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
     * Keeps a reply, but for NUL characters, which no text has and which no text column takes.
     *
     * @return the text; that of another reply to the same question if one was kept before
     */
    public String keep(Handle transaction, String runId, K key, TeacherReply reply) {
        String text = reply.rawText().replace("\0", "").replace("\\u0000", "");
        Map<String, Object> row = new HashMap<>(columns(key));
        row.put("id", key.id());
        row.put("run_id", runId);
        row.put("reply", text);
        row.put("tokens_in", reply.tokensIn());
        row.put("tokens_out", reply.tokensOut());
        row.put("latency_millis", reply.latency().toMillis());
        row.put("retries", reply.retries());
        row.put("model", reply.model());
        row.put("answered_by", reply.answeredBy());
        row.put("cost", reply.cost());
        if (isErased(transaction, key)) {
            row.put("id", forgotten(key.id()));
            row.put("reply", "");
        }
        return Insertion.ifNew(transaction, "teacher_call", row)
                ? text
                : find(transaction, key).orElseThrow();
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
