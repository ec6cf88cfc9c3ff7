package io.minigpt.augmentation;

import io.minigpt.teacher.TeacherReply;
import java.util.Optional;

/** Every reply of a teacher, kept before anything is made of it, so that nothing is asked twice. */
public interface CallLedger {

    /** The text of the reply, if this was asked before. */
    Optional<String> find(CallKey key);

    /** Called before a call is made. @throws RuntimeException if the call is no longer wanted */
    void beforeCall();

    /** Keeps a reply for good. @return its text as it was kept, which is what {@link #find} returns from now on */
    String keep(CallKey key, TeacherReply reply);
}
