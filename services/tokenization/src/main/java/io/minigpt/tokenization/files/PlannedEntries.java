package io.minigpt.tokenization.files;

import io.minigpt.tokenization.DatasetPlan;
import io.minigpt.tokenization.PlannedRecord;
import io.minigpt.tokenization.RecordContent;
import io.minigpt.tokenization.RecordSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entries of a plan; what they say comes from the record table. */
public final class PlannedEntries implements Entries {

    private final List<PlannedRecord> records;
    private final RecordSnapshot snapshot;
    private final int batch;
    private int position;

    /** @param batch most records that are read together */
    public PlannedEntries(DatasetPlan plan, RecordSnapshot snapshot, int batch) {
        this.records = plan.entries();
        this.snapshot = snapshot;
        this.batch = batch;
    }

    @Override
    public List<Entry> next() {
        List<PlannedRecord> wanted = records.subList(position, Math.min(position + batch, records.size()));
        Map<String, RecordContent> found =
                read(wanted.stream().map(PlannedRecord::id).distinct().toList());
        List<Entry> entries = new ArrayList<>();
        for (PlannedRecord record : wanted) {
            RecordContent content = found.get(record.id());
            if (content == null) {
                // large texts: the rest comes next time
                break;
            }
            entries.add(new Entry(record, content));
        }
        position += entries.size();
        return entries;
    }

    @Override
    public Map<String, RecordContent> contents(List<String> ids) {
        Map<String, RecordContent> contents = new HashMap<>();
        while (contents.size() < ids.size()) {
            contents.putAll(read(ids.subList(contents.size(), Math.min(contents.size() + batch, ids.size()))));
        }
        return contents;
    }

    private Map<String, RecordContent> read(List<String> ids) {
        Map<String, RecordContent> contents = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            snapshot.contents(ids).forEach(content -> contents.put(content.id(), content));
        }
        return contents;
    }
}
