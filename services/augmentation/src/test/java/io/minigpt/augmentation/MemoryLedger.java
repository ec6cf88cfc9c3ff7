package io.minigpt.augmentation;

import io.minigpt.teacher.TeacherReply;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A ledger in memory. */
final class MemoryLedger implements CallLedger {

    private final Map<String, String> replies = new HashMap<>();

    @Override
    public Optional<String> find(CallKey key) {
        return Optional.ofNullable(replies.get(key.id()));
    }

    @Override
    public void beforeCall() {
        // in memory every call is wanted
    }

    @Override
    public String keep(CallKey key, TeacherReply reply) {
        return replies.computeIfAbsent(key.id(), id -> reply.rawText());
    }
}
