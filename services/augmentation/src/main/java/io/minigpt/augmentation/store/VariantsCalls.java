package io.minigpt.augmentation.store;

import io.minigpt.augmentation.VariantsCall;
import io.minigpt.teacher.calls.CallStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

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
}
