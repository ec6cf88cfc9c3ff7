package io.minigpt.platform.artifacts;

import io.minigpt.proto.event.v1.Artifact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Sends an object in parts while it is written; until it is complete, the bucket shows nothing of it. */
final class S3Upload extends ArtifactWriter {

    private final S3Bucket bucket;
    private final String key;
    private final String objectKey;
    private final int partBytes;
    private final HashingOutputStream out;
    private final ByteArrayOutputStream part;
    private final List<CompletedPart> sent = new ArrayList<>();
    private Optional<String> upload = Optional.empty();

    /** @param partBytes held in memory, at least 5 MiB for S3, which takes at most 10,000 parts */
    S3Upload(S3Bucket bucket, String key, String objectKey, int partBytes) {
        this.bucket = bucket;
        this.key = key;
        this.objectKey = objectKey;
        this.partBytes = partBytes;
        this.part = new ByteArrayOutputStream();
        this.out = new HashingOutputStream(new Parts());
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
    }

    @Override
    public Artifact commit() throws IOException {
        Artifact artifact = Artifact.newBuilder()
                .setName(ArtifactKeys.name(key))
                .setKey(key)
                .setSha256(out.sha256())
                .setBytes(out.bytes())
                .build();
        // asked first, for not every store refuses to replace an object that was sent in parts
        if (bucket.find(objectKey).isPresent() || !complete()) {
            compareWithStored(artifact);
        }
        return artifact;
    }

    private boolean complete() throws IOException {
        if (upload.isEmpty()) {
            return bucket.put(objectKey, part.toByteArray());
        }
        if (part.size() > 0) {
            sendPart(upload.get());
        }
        boolean completed = bucket.complete(objectKey, upload.get(), sent);
        if (completed) {
            upload = Optional.empty();
        }
        return completed;
    }

    private void compareWithStored(Artifact artifact) throws IOException {
        StoredObject there = bucket.find(objectKey)
                .orElseThrow(() ->
                        new IOException("artifact " + key + " was not stored: another write of its key was under way"));
        if (there.bytes() == artifact.getBytes()) {
            try (InputStream stored = new VerifyingInputStream(bucket.read(there, 0), artifact)) {
                stored.transferTo(OutputStream.nullOutputStream());
                return;
            } catch (DamagedArtifactException otherContent) {
                throw exists(otherContent);
            }
        }
        throw exists(null);
    }

    private IOException exists(Throwable cause) {
        return new IOException("artifact " + key + " exists with other content", cause);
    }

    private void sendPart(String id) throws IOException {
        sent.add(bucket.putPart(objectKey, id, sent.size() + 1, part.toByteArray()));
        part.reset();
    }

    @Override
    public void close() throws IOException {
        if (upload.isPresent()) {
            bucket.abort(objectKey, upload.get());
            upload = Optional.empty();
        }
    }

    private final class Parts extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                if (part.size() == partBytes) {
                    if (upload.isEmpty()) {
                        upload = Optional.of(bucket.begin(objectKey));
                    }
                    sendPart(upload.get());
                }
                int count = Math.min(left, partBytes - part.size());
                part.write(buffer, from, count);
                from += count;
                left -= count;
            }
        }
    }
}
