package io.minigpt.platform.artifacts;

import io.minigpt.proto.event.v1.Artifact;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The artifact store as objects of an S3 bucket, below a prefix. */
final class S3ArtifactStore implements ArtifactStore, Closeable {

    private final S3Bucket bucket;
    private final String prefix;
    private final int partBytes;
    private final ArtifactCache cache;

    /** @param prefix of every object key: empty, or ending with a slash */
    S3ArtifactStore(S3Bucket bucket, String prefix, int partBytes, Path cache, long cacheLimit) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.partBytes = partBytes;
        this.cache = new ArtifactCache(cache, cacheLimit, this::open);
    }

    @Override
    public ArtifactWriter create(String key) {
        return new S3Upload(bucket, key, objectKey(key), partBytes);
    }

    @Override
    public Artifact put(String key, Path file) throws IOException {
        try (ArtifactWriter writer = create(key)) {
            Files.copy(file, writer);
            return writer.commit();
        }
    }

    @Override
    public InputStream open(Artifact artifact) throws IOException {
        String key = objectKey(artifact.getKey());
        StoredObject object = bucket.find(key).orElseThrow(() -> bucket.absent(key, null));
        if (object.bytes() != artifact.getBytes()) {
            throw DamagedArtifactException.of(artifact, object.bytes() + " bytes");
        }
        return new VerifyingInputStream(new S3InputStream(bucket, object), artifact);
    }

    @Override
    public Path local(Artifact artifact) throws IOException {
        return cache.file(artifact);
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return bucket.list(objectKey(folder) + "/").stream()
                .map(key -> key.substring(prefix.length()))
                .toList();
    }

    @Override
    public void delete(String key) throws IOException {
        bucket.delete(objectKey(key));
    }

    @Override
    public void close() {
        bucket.close();
    }

    private String objectKey(String key) {
        return prefix + ArtifactKeys.checked(key);
    }
}
