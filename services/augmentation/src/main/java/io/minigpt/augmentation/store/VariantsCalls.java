package io.minigpt.augmentation.store;

import io.minigpt.augmentation.VariantsCall;
import io.minigpt.teacher.calls.CallStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Every reply of a teacher about a question. */
@ApplicationScoped
public class VariantsCalls extends CallStore<VariantsCall> {

    @Override
    protected Map<String, ?> columns(VariantsCall call) {
        return Map.of(
                "parent_id", call.parentId(),
                "content", call.content(),
                "recipe", call.recipe(),
                "prompt_version", call.promptVersion(),
                "teacher", call.teacher(),
                "wanted", call.wanted(),
                "attempt", call.attempt());
    }

    @Override
    protected String subject(VariantsCall call) {
        return call.parentId();
    }

    @Override
    protected Set<String> erased(Handle transaction, Collection<String> parentIds) {
        return transaction
                .createQuery("""
                        select id from (select id, erased from parent where id = any(:ids) for share) asked where erased
                        """)
                .bind("ids", parentIds.toArray(String[]::new))
                .mapTo(String.class)
                .set();
    }

    /** Forgets what teachers said about a question. */
    void forget(Handle transaction, String parentId) {
        forget(transaction, "parent_id", List.of(parentId));
    }
}
