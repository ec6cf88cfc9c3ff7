package io.minigpt.augmentation.store;

import io.minigpt.augmentation.VariantsCall;
import io.minigpt.teacher.calls.CallStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
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
    protected boolean isErased(Handle transaction, VariantsCall call) {
        return transaction
                .createQuery("select erased from parent where id = :id for share")
                .bind("id", call.parentId())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    /** Forgets what teachers said about a question. */
    void forget(Handle transaction, String parentId) {
        forget(transaction, "parent_id", List.of(parentId));
    }
}
