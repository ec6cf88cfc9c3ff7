package io.minigpt.qageneration;

import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.calls.CallLedger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps replies in memory. */
final class MemoryCalls implements CallLedger<PassageCall> {

    final Map<String, TeacherReply> kept = new LinkedHashMap<>();

    @Override
    public Optional<String> find(PassageCall key) {
        return Optional.ofNullable(kept.get(key.id())).map(TeacherReply::rawText);
    }

    @Override
    public String keep(PassageCall key, TeacherReply reply) {
        kept.put(key.id(), reply);
        return reply.rawText();
    }
}
