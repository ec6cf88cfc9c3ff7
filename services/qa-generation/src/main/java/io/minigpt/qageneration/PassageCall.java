package io.minigpt.qageneration;

import io.minigpt.platform.Ids;
import io.minigpt.teacher.calls.CallKey;

/**
 * What was asked of a teacher about a passage.
 *
 * @param documentVersion version of the text
 * @param title the document's title, which is part of the request
 * @param start start of the passage in the text, in UTF-16 code units
 * @param end its end
 * @param promptVersion version of the prompt
 * @param teacher version of the teacher: model and settings
 * @param pairs pairs asked for at first
 * @param attempt counted from 1
 */
public record PassageCall(
        String documentVersion,
        String title,
        int start,
        int end,
        String promptVersion,
        String teacher,
        int pairs,
        int attempt)
        implements CallKey {

    @Override
    public String id() {
        return Ids.of(
                "teacher-call",
                documentVersion,
                title,
                Integer.toString(start),
                Integer.toString(end),
                promptVersion,
                teacher,
                Integer.toString(pairs),
                Integer.toString(attempt));
    }
}
