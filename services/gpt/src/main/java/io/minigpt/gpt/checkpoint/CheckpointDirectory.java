package io.minigpt.gpt.checkpoint;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes a checkpoint so that it is there wholly or not at all, see {@link NewPath}. */
public final class CheckpointDirectory {
    private CheckpointDirectory() {}

    /**
     * Writes a checkpoint.
     *
     * @param target the directory to make
     * @param tensors each tensor file's name and content
     * @param describe the description, once the files' hashes are known
     * @throws FileAlreadyExistsException if there is a {@code target} already
     */
    public static Checkpoint write(
            Path target, Map<String, List<NamedTensor>> tensors, Function<Map<String, FileDigest>, Checkpoint> describe)
            throws IOException {
        return NewPath.directory(target, hidden -> {
            Checkpoint checkpoint = describe.apply(TensorFiles.write(hidden, tensors));
            Files.write(hidden.resolve(Checkpoint.METADATA_FILE), checkpoint.toJson(), StandardOpenOption.CREATE_NEW);
            return checkpoint;
        });
    }
}
