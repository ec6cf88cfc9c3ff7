package io.minigpt.teacher.calls;

/** What was asked of a teacher; asking it again would give a reply to the same question. */
public interface CallKey {

    /** Id of the call, made of everything that was asked. */
    String id();
}
