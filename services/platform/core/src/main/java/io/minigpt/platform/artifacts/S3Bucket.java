package io.minigpt.platform.artifacts;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The calls to one bucket. The client repeats a call that fails on the way and adds a checksum to what it sends; what still
 * fails is an {@link IOException} that names the object.
 */
final class S3Bucket implements Closeable {

    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final String ABSENT = "*";

    private final S3Client client;
    private final String name;

    S3Bucket(S3Client client, String name) {
        this.client = client;
        this.name = name;
    }

    /** What there is under a key; empty if nothing is. */
    Optional<StoredObject> find(String key) throws IOException {
        return call(key, () -> {
            try {
                HeadObjectResponse head =
                        client.headObject(request -> request.bucket(name).key(key));
                return Optional.of(new StoredObject(key, head.contentLength(), head.eTag()));
            } catch (NoSuchKeyException absent) {
                return Optional.empty();
            }
        });
    }

    /**
     * The bytes of an object from an offset on, as they come.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException also if another object took its place
     */
    ResponseInputStream<GetObjectResponse> read(StoredObject object, long offset) throws IOException {
        // a range of an empty object would be refused
        String range = offset == 0 ? null : "bytes=" + offset + "-";
        return call(
                object.key(),
                () -> client.getObject(request -> request.bucket(name)
                        .key(object.key())
                        .ifMatch(object.tag())
                        .range(range)));
    }

    /** Stores a small object unless one has the key; whether it did. */
    boolean put(String key, byte[] content) throws IOException {
        return unlessPresent(
                key,
                () -> client.putObject(
                        request -> request.bucket(name).key(key).ifNoneMatch(ABSENT), RequestBody.fromBytes(content)));
    }

    /** Begins a big object; the id of its upload. */
    String begin(String key) throws IOException {
        return call(
                key,
                () -> client.createMultipartUpload(
                                request -> request.bucket(name).key(key))
                        .uploadId());
    }

    /** @param number from 1 */
    CompletedPart putPart(String key, String upload, int number, byte[] content) throws IOException {
        return call(key, () -> {
            String tag = client.uploadPart(
                            request -> request.bucket(name)
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(number),
                            RequestBody.fromBytes(content))
                    .eTag();
            return CompletedPart.builder().partNumber(number).eTag(tag).build();
        });
    }

    /** Makes an object of the parts unless one has the key; whether it did. */
    boolean complete(String key, String upload, List<CompletedPart> parts) throws IOException {
        return unlessPresent(
                key,
                () -> client.completeMultipartUpload(request -> request.bucket(name)
                        .key(key)
                        .uploadId(upload)
                        .ifNoneMatch(ABSENT)
                        .multipartUpload(all -> all.parts(parts))));
    }

    /** Forgets the parts of an upload. */
    void abort(String key, String upload) throws IOException {
        call(key, () -> {
            try {
                return client.abortMultipartUpload(
                        request -> request.bucket(name).key(key).uploadId(upload));
            } catch (NoSuchUploadException done) {
                return null;
            }
        });
    }

    /** Keys that begin so, in order. */
    List<String> list(String beginning) throws IOException {
        return call(
                beginning,
                () ->
                        client
                                .listObjectsV2Paginator(
                                        request -> request.bucket(name).prefix(beginning))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .sorted()
                                .toList());
    }

    void delete(String key) throws IOException {
        call(key, () -> client.deleteObject(request -> request.bucket(name).key(key)));
    }

    /** How messages name an object. */
    String address(String key) {
        return "s3://" + name + "/" + key;
    }

    private boolean unlessPresent(String key, Runnable store) throws IOException {
        return call(key, () -> {
            try {
                store.run();
                return true;
            } catch (NoSuchUploadException e) {
                // an earlier attempt was successful and its answer was lost
                return false;
            } catch (S3Exception e) {
                // 409: another writer of this key was faster by less than a call
                if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                    return false;
                }
                throw e;
            }
        });
    }

    NoSuchFileException absent(String key, Throwable cause) {
        NoSuchFileException absent = new NoSuchFileException(address(key), null, "the artifact is not in the store");
        absent.initCause(cause);
        return absent;
    }

    private <T> T call(String key, Supplier<T> call) throws IOException {
        String object = address(key);
        try {
            return call.get();
        } catch (NoSuchKeyException e) {
            throw absent(key, e);
        } catch (AbortedException e) {
            InterruptedIOException interrupted = new InterruptedIOException(object + ": interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (SdkException e) {
            throw new IOException(object + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
