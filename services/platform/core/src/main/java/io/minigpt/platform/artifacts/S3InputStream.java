package io.minigpt.platform.artifacts;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads an object and asks again from where it is when the connection breaks off. */
final class S3InputStream extends InputStream {

    private static final int ATTEMPTS = 4;

    private final S3Bucket bucket;
    private final StoredObject object;
    private ResponseInputStream<GetObjectResponse> in;
    private long position;
    private int failures;

    S3InputStream(S3Bucket bucket, StoredObject object) throws IOException {
        this.bucket = bucket;
        this.object = object;
        this.in = bucket.read(object, 0);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (position < object.bytes()) {
            IOException broken;
            try {
                int count = in.read(buffer, offset, length);
                if (count >= 0) {
                    position += count;
                    return count;
                }
                broken = new EOFException(
                        bucket.address(object.key()) + " ended after " + position + " of " + object.bytes() + " bytes");
            } catch (IOException e) {
                broken = e;
            }
            if (++failures == ATTEMPTS || Thread.currentThread().isInterrupted()) {
                throw broken;
            }
            in.abort();
            in = bucket.read(object, position);
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        if (position < object.bytes()) {
            // closing would read the rest
            in.abort();
        }
        in.close();
    }
}
