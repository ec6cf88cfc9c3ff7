package io.minigpt.platform.artifacts;

import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Big files by key. A file is complete and unchangeable from the moment its key exists; its sha256 travels with its
 * reference, and whoever opens it may rely on what the reference says.
 */
public interface ArtifactStore {

    /**
     * Begins a file. Nothing is visible under the key before {@link ArtifactWriter#commit()}.
     *
     * @param key segments of letters, digits, dot, dash and underscore, joined by slashes
     * @throws IllegalArgumentException if the key has another form
     */
    ArtifactWriter create(String key) throws IOException;

    /**
     * Takes a finished local file, as a copy or as a link to it: it may be deleted or replaced after, not written.
     *
     * @throws IOException also if the key exists with other content
     */
    Artifact put(String key, Path file) throws IOException;

    /**
     * As {@link #put(String, Path)}, of a file whose writer knows its sha256: it is not read once more where it need not
     * be. Whoever opens it compares.
     *
     * @throws IOException also if it was read and is different
     */
    default Artifact put(String key, Path file, String sha256) throws IOException {
        Artifact stored = put(key, file);
        requireUnchanged(file, sha256, stored.getSha256());
        return stored;
    }

    /** @throws IOException if the second sha256, of what was read, is not the first, of what was written */
    static void requireUnchanged(Path file, String written, String read) throws IOException {
        if (!read.equals(written)) {
            throw new IOException("file " + file + " changed after it was written");
        }
    }

    /** Reads a file; reading to the end verifies its sha256 and throws {@link DamagedArtifactException} if it differs. */
    InputStream open(Artifact artifact) throws IOException;

    /**
     * A local file with the artifact's content, verified, for memory mapping. It must not be changed or deleted.
     *
     * @throws DamagedArtifactException if its size or sha256 differs from the reference
     */
    Path local(Artifact artifact) throws IOException;

    /** Keys below a prefix, in order. */
    List<String> list(String prefix) throws IOException;

    /**
     * Removes what writers below a prefix have begun and, killed, left unfinished. In a bucket its own rule for incomplete
     * uploads does that, and this does nothing.
     *
     * @param abandoned whether the writer of a key is gone; one that is not fails when it commits
     */
    default void discardUnfinished(String prefix, Predicate<String> abandoned) throws IOException {}

    /** Removes a file; removing one that is not there does nothing. */
    void delete(String key) throws IOException;

    /** Removes all files below a prefix. */
    default void deleteAll(String prefix) throws IOException {
        for (String key : list(prefix)) {
            delete(key);
        }
    }
}
