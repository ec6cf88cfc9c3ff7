package io.minigpt.platform.artifacts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.io.Closeable;
import java.io.IOException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Chooses the store that the configuration names. */
public class ArtifactStores {

    private static final long LEAST_PART = 5 << 20;
    private static final long GREATEST_PART = 1 << 30;

    @Produces
    @ApplicationScoped
    ArtifactStore store(ArtifactsConfig config) {
        return config.s3().bucket().isPresent() ? bucket(config.s3()) : new FolderArtifactStore(config.root());
    }

    void close(@Disposes ArtifactStore store) throws IOException {
        if (store instanceof Closeable closeable) {
            closeable.close();
        }
    }

    private static S3ArtifactStore bucket(ArtifactsConfig.S3 config) {
        long partSize = config.partSize().asLongValue();
        if (partSize < LEAST_PART || partSize > GREATEST_PART) {
            throw new IllegalArgumentException("minigpt.artifacts.s3.part-size is between 5M and 1G, not " + partSize);
        }
        String prefix = config.prefix().orElse("");
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("minigpt.artifacts.s3.prefix ends with '/', not '" + prefix + "'");
        }
        return new S3ArtifactStore(
                new S3Bucket(client(config), config.bucket().orElseThrow()),
                prefix,
                Math.toIntExact(partSize),
                config.cache(),
                config.cacheLimit().asLongValue());
    }

    static S3Client client(ArtifactsConfig.S3 config) {
        var client = S3Client.builder()
                .region(Region.of(config.region()))
                .forcePathStyle(config.pathStyle())
                .httpClientBuilder(UrlConnectionHttpClient.builder());
        config.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }
}
