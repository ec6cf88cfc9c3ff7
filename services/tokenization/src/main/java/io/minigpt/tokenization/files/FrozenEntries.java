package io.minigpt.tokenization.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import io.minigpt.tokenization.RecordContent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The entries of a sealed version, from its {@code records.jsonl.zst}. */
public final class FrozenEntries implements Entries, AutoCloseable {

    /** The file that they are read from. */
    public static final String FILE = RecordsWriter.FILE;

    /** Name of its uncompressed content in a manifest. */
    public static final String CONTENT = RecordsWriter.CONTENT;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST_CHARACTERS = 1_000_000;

    private final BufferedReader lines;
    private final int batch;
    private final Set<String> wanted;
    private final Map<String, RecordContent> remembered = new HashMap<>();
    private long line;

    /**
     * @param compressed the file
     * @param batch most records in a piece
     * @param wanted ids of the records that {@link #contents} will be asked for
     */
    public FrozenEntries(InputStream compressed, int batch, Set<String> wanted) throws IOException {
        this.lines = new BufferedReader(new InputStreamReader(new ZstdInputStream(compressed), StandardCharsets.UTF_8));
        this.batch = batch;
        this.wanted = Set.copyOf(wanted);
    }

    @Override
    public List<Entry> next() throws IOException {
        List<Entry> entries = new ArrayList<>();
        long characters = 0;
        while (entries.size() < batch && characters < MOST_CHARACTERS) {
            String next = lines.readLine();
            if (next == null) {
                break;
            }
            line++;
            Entry entry = parse(next);
            if (wanted.contains(entry.record().id())) {
                remembered.put(entry.record().id(), entry.content());
            }
            entries.add(entry);
            characters += entry.content().characters();
        }
        return entries;
    }

    @Override
    public Map<String, RecordContent> contents(List<String> ids) throws IOException {
        for (String id : ids) {
            if (!remembered.containsKey(id)) {
                throw new IOException("record " + id + " is in an evaluation set but not in " + FILE);
            }
        }
        return remembered;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private Entry parse(String text) throws IOException {
        try {
            return JSON.readValue(text, RecordLine.class).entry();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException(FILE + " line " + line + " is no record: " + e.getMessage(), e);
        }
    }
}
