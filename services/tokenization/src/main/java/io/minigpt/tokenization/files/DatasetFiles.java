package io.minigpt.tokenization.files;

import java.util.List;
import java.util.Map;

/**
 * The files of a version before it has a number.
 *
 * @param files all but the manifest
 * @param contents digests that identify the version: those of the files, and of the records uncompressed
 * @param train size of the training split
 * @param validation size of the validation split
 */
public record DatasetFiles(
        List<WrittenFile> files, Map<String, FileDigest> contents, SplitCounts train, SplitCounts validation) {

    public DatasetFiles {
        files = List.copyOf(files);
        contents = Map.copyOf(contents);
    }
}
