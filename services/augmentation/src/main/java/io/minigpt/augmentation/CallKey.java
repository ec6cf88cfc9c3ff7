package io.minigpt.augmentation;

import io.minigpt.platform.Ids;

/**
 * What was asked of a teacher; asking it again would give a reply to the same question.
 *
 * @param parentId the question to be reworded
 * @param content its {@link Parent#content()}
 * @param recipe how it is varied
 * @param promptVersion version of the prompt
 * @param teacher version of the teacher: model and settings
 * @param wanted variants asked for at first
 * @param attempt counted from 1
 */
public record CallKey(
        String parentId, String content, String recipe, String promptVersion, String teacher, int wanted, int attempt) {

    /** Id of the call. */
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
