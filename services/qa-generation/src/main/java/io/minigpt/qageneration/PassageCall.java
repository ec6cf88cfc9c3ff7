package io.minigpt.qageneration;

import io.minigpt.platform.Ids;
import io.minigpt.teacher.calls.CallKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What was asked of a teacher about a passage.
 *
 * @param documentVersion version of the text
 * @param title the document's title, which is part of the request
 * @param context bounds of the longer passage that it stands in, such as {@code 0-1600}; empty if it is whole
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
        String context,
        int start,
        int end,
        String promptVersion,
        String teacher,
        int pairs,
        int attempt)
        implements CallKey {

    @Override
    public String id() {
        List<String> asked = new ArrayList<>(List.of(
                "teacher-call",
                documentVersion,
                title,
                Integer.toString(start),
                Integer.toString(end),
                promptVersion,
                teacher,
                Integer.toString(pairs),
                Integer.toString(attempt)));
        if (!context.isEmpty()) {
            asked.add(context);
        }
        return Ids.of(asked.toArray(String[]::new));
    }
}
