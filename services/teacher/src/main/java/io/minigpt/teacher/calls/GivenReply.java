package io.minigpt.teacher.calls;

import io.minigpt.teacher.TeacherReply;

/**
 * What a teacher answered.
 *
 * @param runId the run that asked
 * @param key what was asked
 */
public record GivenReply<K extends CallKey>(String runId, K key, TeacherReply reply) {

    /** Its text as it can be kept. */
    String text() {
        return reply.rawText().replace("\0", "").replace("\\u0000", "");
    }
}
