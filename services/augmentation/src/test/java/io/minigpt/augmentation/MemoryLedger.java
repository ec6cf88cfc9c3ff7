package io.minigpt.augmentation;

import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.calls.CallLedger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A ledger in memory. */
final class MemoryLedger implements CallLedger<VariantsCall> {

    private final Map<String, String> replies = new HashMap<>();

    @Override
    public Optional<String> find(VariantsCall key) {
        return Optional.ofNullable(replies.get(key.id()));
    }

    @Override
    public String keep(VariantsCall key, TeacherReply reply) {
        return replies.computeIfAbsent(key.id(), id -> reply.rawText());
    }
}
