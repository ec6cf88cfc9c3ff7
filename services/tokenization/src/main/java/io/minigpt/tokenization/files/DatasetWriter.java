package io.minigpt.tokenization.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.Ids;
import io.minigpt.tokenization.DatasetPlan;
import io.minigpt.tokenization.EvaluationSet;
import io.minigpt.tokenization.PlannedRecord;
import io.minigpt.tokenization.RecordContent;
import io.minigpt.tokenization.RecordSnapshot;
import io.minigpt.tokenization.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Writes what a plan contains. Records are encoded on all processors and written in the plan's order, so the bytes do
 * not depend on their number; no more than one batch of texts is in memory.
 */
public final class DatasetWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RecordSnapshot snapshot;
    private final Path folder;
    private final int batch;
    private final LongConsumer progress;

    /**
     * @param snapshot what the records say
     * @param folder an empty folder
     * @param batch records that are encoded together
     * @param progress is told how many entries are done, after every batch; may throw to stop
     */
    public DatasetWriter(RecordSnapshot snapshot, Path folder, int batch, LongConsumer progress) {
        this.snapshot = snapshot;
        this.folder = folder;
        this.batch = batch;
        this.progress = progress;
    }

    public DatasetFiles write(DatasetPlan plan) throws IOException {
        TokenFileWriter train = new TokenFileWriter(folder, "train");
        TokenFileWriter validation = new TokenFileWriter(folder, "val");
        RecordsWriter records = new RecordsWriter(folder, JSON);
        try (train;
                validation;
                records) {
            List<PlannedRecord> entries = plan.entries();
            for (int start = 0; start < entries.size(); start += batch) {
                int end = Math.min(start + batch, entries.size());
                for (Encoded next : encode(entries.subList(start, end))) {
                    switch (next.record().split()) {
                        case TRAIN -> train.append(next.encoded());
                        case VALIDATION -> validation.append(next.encoded());
                        case REPORT -> {}
                    }
                    records.append(next.line());
                }
                progress.accept(end);
            }
        }
        List<WrittenFile> files = new ArrayList<>(train.written());
        files.addAll(validation.written());
        for (EvaluationSet set : plan.evaluationSets()) {
            files.add(write(set));
        }
        Map<String, FileDigest> contents = new HashMap<>();
        files.forEach(file -> contents.put(file.name(), file.digest()));
        contents.put(RecordsWriter.CONTENT, records.content());
        files.add(records.written());
        return new DatasetFiles(
                files,
                contents,
                train.counts(plan.records(Split.TRAIN)),
                validation.counts(plan.records(Split.VALIDATION)));
    }

    private List<Encoded> encode(List<PlannedRecord> entries) {
        Map<String, RecordContent> contents = snapshot.contents(
                entries.stream().map(PlannedRecord::id).distinct().toList());
        return entries.parallelStream()
                .map(record -> encode(record, contents.get(record.id())))
                .toList();
    }

    private static Encoded encode(PlannedRecord record, RecordContent content) {
        EncodedRecord encoded = RecordEncoder.encode(content);
        byte[] text = encoded.text().getBytes(StandardCharsets.UTF_8);
        String sha256 = HexFormat.of().formatHex(Ids.sha256().digest(text));
        return new Encoded(record, encoded, RecordLine.of(record, content, sha256));
    }

    private WrittenFile write(EvaluationSet set) throws IOException {
        HashedFile file = HashedFile.create(folder, set.file());
        try (file) {
            for (int start = 0; start < set.records().size(); start += batch) {
                List<String> ids = set.records()
                        .subList(start, Math.min(start + batch, set.records().size()));
                Map<String, RecordContent> contents = snapshot.contents(ids);
                for (String id : ids) {
                    file.write(JSON.writeValueAsBytes(EvaluationLine.of(contents.get(id), set.label())));
                    file.write('\n');
                }
            }
        }
        return file.written();
    }

    private record Encoded(PlannedRecord record, EncodedRecord encoded, RecordLine line) {}
}
