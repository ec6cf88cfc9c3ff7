package io.minigpt.platform.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.proto.event.v1.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class S3ArtifactStoreTest extends ArtifactStoreContract {

    private static final int PART = 5 << 20;
    private static final String PREFIX = "minigpt/";

    private static S3Server server;
    private static S3Client client;

    private final String bucket = "b-" + UUID.randomUUID();
    private S3ArtifactStore store;

    @BeforeAll
    static void start(@TempDir Path objects) throws Exception {
        server = new S3Server(objects);
        client = S3Server.client(server.port());
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.close();
    }

    @BeforeEach
    void open() {
        client.createBucket(request -> request.bucket(bucket));
        store = store(client, Long.MAX_VALUE);
    }

    @AfterEach
    void nothingIsLeftOfUploads() {
        assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                        .uploads())
                .isEmpty();
    }

    @Override
    ArtifactStore store() {
        return store;
    }

    @Override
    void overwrite(String key, byte[] content) {
        client.putObject(request -> request.bucket(bucket).key(PREFIX + key), RequestBody.fromBytes(content));
    }

    @Test
    void aBucketOfOthersIsReadAsItWasFound() throws IOException {
        byte[] content = random(100_000);
        overwrite("theirs.jsonl", content);
        ReadOnlyBucket theirs = new ReadOnlyBucket(client, bucket);

        StoredObject found = theirs.find(PREFIX + "theirs.jsonl").orElseThrow();

        assertThat(found.bytes()).isEqualTo(content.length);
        try (InputStream in = theirs.open(found)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(theirs.find("none")).isEmpty();
        overwrite("theirs.jsonl", random(100_001));
        assertThatThrownBy(() -> theirs.open(found))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("s3://" + bucket + "/" + PREFIX + "theirs.jsonl");
    }

    @Test
    void sendsABigFileInParts() throws IOException {
        byte[] content = random(PART + 12_345);

        Artifact artifact = write("big", content);

        assertThat(read(artifact)).isEqualTo(content);
        assertThat(store.local(artifact)).hasBinaryContent(content);
        assertThat(write("big", content)).isEqualTo(artifact);
        content[PART]++;
        assertThatThrownBy(() -> write("big", content)).hasMessageContaining("other content");
    }

    @Test
    void forgetsThePartsOfWhatWasNotCommitted() throws IOException {
        try (ArtifactWriter writer = store.create("big")) {
            writer.write(random(PART + 1));
            assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                            .uploads())
                    .hasSize(1);
        }

        assertThat(store.list("big")).isEmpty();
    }

    @Test
    void goesOnReadingWhereAConnectionBrokeOff() throws IOException {
        byte[] content = random(1 << 20);
        Artifact artifact = write("big", content);
        try (CuttingRelay relay = new CuttingRelay(server.port(), 1 << 18, 3);
                S3Client cut = S3Server.client(relay.port())) {
            assertThat(store(cut, Long.MAX_VALUE).open(artifact).readAllBytes()).isEqualTo(content);
            assertThat(relay.cutsLeft()).isZero();
        }
        try (CuttingRelay relay = new CuttingRelay(server.port(), 1 << 18, 4);
                S3Client cut = S3Server.client(relay.port())) {
            assertThatThrownBy(() -> store(cut, Long.MAX_VALUE).open(artifact).readAllBytes())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesAFileThatIsNotWhatItsWriterSays() throws IOException {
        Path file = Files.write(folder.resolve("file"), CONTENT);

        assertThatThrownBy(() -> store.put("a/file", file, "0".repeat(64)))
                .hasMessage("file " + file + " changed after it was written");
    }

    @Test
    void namesTheObjectWhenTheBucketIsGone() {
        S3ArtifactStore other = new S3ArtifactStore(
                new S3Bucket(client, "no-such-bucket"), PREFIX, PART, folder.resolve("other"), 1 << 20);

        assertThatThrownBy(() -> {
                    try (ArtifactWriter writer = other.create("key")) {
                        writer.commit();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("s3://no-such-bucket/minigpt/key")
                .hasMessageContaining("bucket");
    }

    @Test
    void deletesCopiesThatNobodyUsesAnyMore() throws IOException {
        S3ArtifactStore small = store(client, 2500);
        Path first = small.local(write("1", random(1000)));
        Path second = small.local(write("2", random(1001)));
        Files.setLastModifiedTime(first, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        Path third = small.local(write("3", random(1002)));
        Path fourth = small.local(write("4", random(1003)));

        assertThat(first).doesNotExist();
        assertThat(second).as("asked for a moment ago").exists();
        assertThat(third).exists();
        assertThat(fourth).exists();
    }

    private S3ArtifactStore store(S3Client reached, long cacheLimit) {
        return new S3ArtifactStore(new S3Bucket(reached, bucket), PREFIX, PART, folder.resolve("cache"), cacheLimit);
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(count).nextBytes(bytes);
        return bytes;
    }
}
