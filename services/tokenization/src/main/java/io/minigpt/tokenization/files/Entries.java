package io.minigpt.tokenization.files;

import io.minigpt.tokenization.RecordContent;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The entries of a version in the order of its files, read piece by piece. */
public interface Entries {

    /** The next ones, few enough to be in memory together; none at the end. */
    List<Entry> next() throws IOException;

    /** What these records say, by id, once all entries have been read. */
    Map<String, RecordContent> contents(List<String> ids) throws IOException;
}
