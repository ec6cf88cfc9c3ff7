package io.minigpt.tokenization.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.tokenization.EvaluationSet;
import io.minigpt.tokenization.Label;
import io.minigpt.tokenization.RecordContent;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.Split;
import io.minigpt.tokenization.TextForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the files of a version. Entries are encoded on several threads and written by the caller's in their order. */
public final class DatasetWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final int threads;
    private final TextForm form;
    private final WriteListener listener;
    /** Labels of the items of imported sets; those of the other sets have one label each. */
    private final Map<String, Label> ownLabels = new HashMap<>();

    /**
     * @param folder an empty folder
     * @param threads threads that encode
     * @param form how records become text
     * @param listener hears of every piece that was written
     */
    public DatasetWriter(Path folder, int threads, TextForm form, WriteListener listener) {
        this.folder = folder;
        this.threads = threads;
        this.form = form;
        this.listener = listener;
    }

    /**
     * Writes everything but the manifest.
     *
     * @param entries read to their end
     * @param evaluationSets the sets that are frozen with them
     */
    public DatasetFiles write(Entries entries, List<EvaluationSet> evaluationSets) throws IOException {
        TokenFileWriter train = new TokenFileWriter(folder, "train");
        TokenFileWriter validation = new TokenFileWriter(folder, "val");
        RecordsWriter records = new RecordsWriter(folder);
        Map<Split, SplitWriter> splits = new EnumMap<>(Map.of(
                Split.TRAIN, train,
                Split.VALIDATION, validation,
                Split.REPORT, new UntokenizedSplit()));
        try (train;
                validation;
                records;
                EncodingThreads encoding = new EncodingThreads(threads, form)) {
            long done = 0;
            List<Entry> next = entries.next();
            while (!next.isEmpty() || !encoding.idle()) {
                if (!next.isEmpty() && !encoding.full()) {
                    encoding.add(next);
                    next = entries.next();
                } else {
                    List<WrittenEntry> written = append(encoding.take(), splits, records);
                    done += written.size();
                    listener.written(written, done);
                }
            }
        }
        List<WrittenFile> files = new ArrayList<>(train.written());
        files.addAll(validation.written());
        for (EvaluationSet set : evaluationSets) {
            files.add(write(set, entries.contents(set.records())));
        }
        Map<String, FileDigest> contents = new HashMap<>();
        files.forEach(file -> contents.put(file.name(), file.digest()));
        contents.put(RecordsWriter.CONTENT, records.content());
        files.add(records.written());
        return new DatasetFiles(files, contents, train.counts(), validation.counts());
    }

    private List<WrittenEntry> append(List<EncodedEntry> piece, Map<Split, SplitWriter> splits, RecordsWriter records)
            throws IOException {
        List<WrittenEntry> written = new ArrayList<>(piece.size());
        for (EncodedEntry entry : piece) {
            written.add(splits.get(entry.record().split()).append(entry));
            records.append(entry.line());
            if (entry.record().kind() == RecordKind.IMPORTED) {
                ownLabels.put(entry.record().id(), entry.record().label());
            }
        }
        return written;
    }

    private WrittenFile write(EvaluationSet set, Map<String, RecordContent> contents) throws IOException {
        HashedFile file = HashedFile.create(folder, set.file());
        try (file) {
            for (String id : set.records()) {
                Label label = set.label().orElseGet(() -> ownLabels.get(id));
                file.write(JSON.writeValueAsBytes(EvaluationLine.of(contents.get(id), label)));
                file.write('\n');
            }
        }
        return file.written();
    }
}
