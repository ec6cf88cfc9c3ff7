package io.minigpt.tokenization.files;

import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.tokenization.DocumentCandidate;
import io.minigpt.tokenization.PairCandidate;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.RecordContent;
import io.minigpt.tokenization.RecordContent.Origin;
import io.minigpt.tokenization.RecordSnapshot;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Records in memory. */
final class MemorySnapshot implements RecordSnapshot {

    private final Map<String, RecordContent> contents = new LinkedHashMap<>();

    MemorySnapshot document(String id, String text) {
        contents.put(id, new RecordContent.Document(id, text, new Origin(id, "v1", null, null, null, null, null)));
        return this;
    }

    MemorySnapshot pair(String id, String question, String answer) {
        Origin origin = new Origin("d1", "v1", 0, 11, "p1", "teacher", null);
        contents.put(id, new RecordContent.Pair(id, question, answer, origin));
        return this;
    }

    @Override
    public List<DocumentCandidate> documents() {
        return List.of();
    }

    @Override
    public List<PairCandidate> pairs() {
        return List.of();
    }

    @Override
    public Map<String, RecordContent> contents(Collection<String> ids) {
        return ids.stream().collect(Collectors.toMap(id -> id, contents::get));
    }

    @Override
    public List<StreamRevision> inputs(Purpose purpose) {
        return List.of();
    }
}
