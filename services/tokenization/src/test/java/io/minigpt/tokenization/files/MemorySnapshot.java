package io.minigpt.tokenization.files;

import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.tokenization.DocumentCandidate;
import io.minigpt.tokenization.ImportedItem;
import io.minigpt.tokenization.PairCandidate;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.RecordContent;
import io.minigpt.tokenization.RecordContent.Origin;
import io.minigpt.tokenization.RecordSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    public List<ImportedItem> imported(List<String> sets) {
        return List.of();
    }

    @Override
    public List<RecordContent> contents(List<String> ids) {
        // at most three, as if the texts were large
        return ids.stream().limit(3).map(contents::get).toList();
    }

    @Override
    public List<StreamRevision> inputs(Purpose purpose) {
        return List.of();
    }
}
