package io.minigpt.tokenization.files;

import java.nio.file.Path;

/**
 * A complete local file of a version that is not sealed yet.
 *
 * @param name name within the version, such as {@code train.bin}
 * @param path where it is now
 * @param digest of its bytes
 */
public record WrittenFile(String name, Path path, FileDigest digest) {}
