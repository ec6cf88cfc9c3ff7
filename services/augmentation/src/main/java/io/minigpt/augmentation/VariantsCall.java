package io.minigpt.augmentation;

import io.minigpt.platform.Ids;
import io.minigpt.teacher.calls.CallKey;

/**
 * What was asked of a teacher about a question.
 *
 * @param parentId the question to be reworded
 * @param content its {@link Parent#content()}
 * @param recipe how it is varied
 * @param promptVersion version of the prompt
 * @param teacher version of the teacher: model and settings
 * @param wanted variants asked for at first
 * @param attempt counted from 1
 */
public record VariantsCall(
        String parentId, String content, String recipe, String promptVersion, String teacher, int wanted, int attempt)
        implements CallKey {

    @Override
    public String id() {
        return Ids.of(
                "variants-call",
                parentId,
                content,
                recipe,
                promptVersion,
                teacher,
                Integer.toString(wanted),
                Integer.toString(attempt));
    }
}
