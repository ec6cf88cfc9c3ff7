package io.minigpt.corpus.jobs;

import io.minigpt.corpus.Compression;
import io.minigpt.corpus.CorpusConfig;
import io.minigpt.corpus.PlainBody;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.event.v1.Artifact;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where the bodies of import jobs lie: uploads in the artifact store, files in the one folder and objects in the one
 * bucket that are allowed.
 */
@ApplicationScoped
class ImportSources {

    private static final int BUFFER = 64 * 1024;

    /** A source while it is read. @param raw as it is stored @param body its plain bytes */
    record Open(InputStream raw, PlainBody body) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }

    private final ArtifactStore artifacts;
    private final ImportBucket bucket;
    private final CorpusConfig config;

    ImportSources(ArtifactStore artifacts, ImportBucket bucket, CorpusConfig config) {
        this.artifacts = artifacts;
        this.bucket = bucket;
        this.config = config;
    }

    /** Keeps a body. @throws InvalidRequestException if it breaks off */
    ImportTask.Upload keep(String importId, InputStream body, Compression compression) {
        try (ArtifactWriter writer = artifacts.create("imports/" + importId)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = read(body, buffer); count >= 0; count = read(body, buffer)) {
                writer.write(buffer, 0, count);
            }
            Artifact kept = writer.commit();
            return new ImportTask.Upload(kept.getKey(), kept.getSha256(), kept.getBytes(), compression);
        } catch (IOException e) {
            throw new UncheckedIOException("the body of import " + importId + " cannot be kept", e);
        }
    }

    /** A file or an object that is there. @throws InvalidRequestException if there is none */
    ImportTask.Source find(String reference) {
        return ImportBucket.isObject(reference) ? bucket.find(reference) : file(reference);
    }

    private ImportTask.NamedFile file(String name) {
        try {
            Path file = path(name);
            return new ImportTask.NamedFile(
                    name, Files.size(file), Files.getLastModifiedTime(file).toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException("file " + name + " of the import folder", e);
        }
    }

    /** @throws PermanentFailureException if a file or an object is no longer as it was when its import was asked for */
    Open open(ImportTask.Source source) throws IOException {
        return switch (source) {
            case ImportTask.Upload upload -> {
                Artifact artifact = Artifact.newBuilder()
                        .setName(upload.key())
                        .setKey(upload.key())
                        .setSha256(upload.sha256())
                        .setBytes(upload.bytes())
                        .build();
                yield open(artifacts.open(artifact), upload.compression());
            }
            case ImportTask.NamedFile file -> {
                if (!unchanged(file)) {
                    throw new PermanentFailureException(
                            "file '" + file.file() + "' is no longer as it was when its import began");
                }
                yield open(Files.newInputStream(path(file.file())), Compression.RECOGNISED);
            }
            case ImportTask.BucketObject object -> open(bucket.open(object), Compression.RECOGNISED);
        };
    }

    private boolean unchanged(ImportTask.NamedFile file) {
        try {
            return file(file.file()).equals(file);
        } catch (InvalidRequestException e) {
            return false;
        }
    }

    /** Removes what was kept for an import; files stay. */
    void discard(String key) {
        try {
            artifacts.delete(key);
        } catch (IOException e) {
            throw new UncheckedIOException("upload " + key + " cannot be removed", e);
        }
    }

    private Open open(InputStream raw, Compression compression) {
        return new Open(
                raw, new PlainBody(raw, compression, config.maxBodySize().asLongValue(), config.maxExpansion()));
    }

    private Path path(String name) throws IOException {
        Path folder = config.imports()
                .folder()
                .orElseThrow(() -> new InvalidRequestException(
                        "no file can be imported by name: minigpt.corpus.imports.folder is not set"))
                .toRealPath();
        try {
            Path file = folder.resolve(name).toRealPath();
            // after links are followed, so that none leads out
            if (file.startsWith(folder) && Files.isRegularFile(file)) {
                return file;
            }
            throw notAFile(name, null);
        } catch (IOException | InvalidPathException e) {
            throw notAFile(name, e);
        }
    }

    private static InvalidRequestException notAFile(String name, Throwable cause) {
        return new InvalidRequestException("'" + name + "' is not a file of the import folder", cause);
    }

    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new InvalidRequestException("the body broke off: " + e.getMessage() + "; nothing is imported", e);
        }
    }
}
