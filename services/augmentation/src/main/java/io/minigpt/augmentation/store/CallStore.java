package io.minigpt.augmentation.store;

import io.minigpt.augmentation.CallKey;
import io.minigpt.teacher.TeacherReply;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every reply of a teacher. */
@ApplicationScoped
public class CallStore {

    /** The text of the reply, if this was asked before. */
    public Optional<String> find(Handle transaction, CallKey key) {
        return transaction
                .createQuery("select reply from teacher_call where id = :id")
                .bind("id", key.id())
                .mapTo(String.class)
                .findOne();
    }

    /**
     * Keeps a reply, but for NUL characters, which no text has and which no text column takes.
     *
     * @return the text that is kept; that of another reply to the same question if one was kept before
     */
    public String keep(Handle transaction, String runId, CallKey key, TeacherReply reply) {
        String text = reply.rawText().replace("\0", "").replace("\\u0000", "");
        int added = transaction
                .createUpdate("""
                        insert into teacher_call (id, run_id, parent_id, content, recipe, prompt_version, teacher,
                                                  wanted, attempt, reply, tokens_in, tokens_out, latency_millis,
                                                  retries, model)
                        values (:id, :run, :parent, :content, :recipe, :prompt, :teacher,
                                :wanted, :attempt, :reply, :tokensIn, :tokensOut, :latency,
                                :retries, :model)
                        on conflict (id) do nothing
                        """)
                .bind("id", key.id())
                .bind("run", runId)
                .bind("parent", key.parentId())
                .bind("content", key.content())
                .bind("recipe", key.recipe())
                .bind("prompt", key.promptVersion())
                .bind("teacher", key.teacher())
                .bind("wanted", key.wanted())
                .bind("attempt", key.attempt())
                .bind("reply", text)
                .bind("tokensIn", reply.tokensIn())
                .bind("tokensOut", reply.tokensOut())
                .bind("latency", reply.latency().toMillis())
                .bind("retries", reply.retries())
                .bind("model", reply.model())
                .execute();
        return added == 1 ? text : find(transaction, key).orElseThrow();
    }
}
