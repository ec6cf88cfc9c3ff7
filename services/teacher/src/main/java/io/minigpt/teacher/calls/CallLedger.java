package io.minigpt.teacher.calls;

import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.TeacherRequest;
import java.util.Optional;

/** Every reply of a teacher, kept before anything is made of it, so that nothing is asked twice. */
public interface CallLedger<K extends CallKey> {

    /** The text of the reply, if this was asked before. */
    Optional<String> find(K key);

    /** Called before a call is made. @throws RuntimeException if the call is no longer wanted */
    void beforeCall();

    /**
     * Keeps a reply for good.
     *
     * @return its text as it was kept, which is what {@link #find} returns from now on
     * @throws InterruptedException if the thread is interrupted while it waits for where it is kept
     */
    String keep(K key, TeacherReply reply) throws InterruptedException;

    /**
     * The text of the kept reply; if there is none, the teacher is asked and its reply kept.
     *
     * @throws io.minigpt.teacher.TeacherException if the call brought no reply
     * @throws InterruptedException if the thread is interrupted during the call
     */
    default String reply(K key, Teacher teacher, TeacherRequest request) throws InterruptedException {
        Optional<String> known = find(key);
        if (known.isPresent()) {
            return known.get();
        }
        beforeCall();
        return keep(key, teacher.ask(request));
    }
}
