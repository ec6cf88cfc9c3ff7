package io.minigpt.teacher.calls;

import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.TeacherRequest;
import java.util.Optional;

/** Every reply of a teacher, kept before anything is made of it, so that nothing is asked twice. */
public interface CallLedger<K extends CallKey> {

    /**
     * The text of the reply, if this was asked before; if it is empty, the teacher may be asked now.
     *
     * @throws RuntimeException if it was not asked before and is no longer wanted
     */
    Optional<String> find(K key);

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
        return known.isPresent() ? known.get() : keep(key, teacher.ask(request));
    }
}
