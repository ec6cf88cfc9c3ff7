package io.minigpt.platform.artifacts;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket that others fill, to be read. */
public final class ReadOnlyBucket implements Closeable {

    private final S3Bucket bucket;

    ReadOnlyBucket(S3Client client, String name) {
        this.bucket = new S3Bucket(client, name);
    }

    /** @param access where the bucket is: region, endpoint and path style of the artifact store's settings */
    public static ReadOnlyBucket of(String name, ArtifactsConfig.S3 access) {
        return new ReadOnlyBucket(ArtifactStores.client(access), name);
    }

    /** What there is under a key; empty if nothing is. */
    public Optional<StoredObject> find(String key) throws IOException {
        return bucket.find(key);
    }

    /** Reads an object as it was found, and goes on where it was when the connection breaks off. */
    public InputStream open(StoredObject object) throws IOException {
        return new S3InputStream(bucket, object);
    }

    @Override
    public void close() {
        bucket.close();
    }
}
