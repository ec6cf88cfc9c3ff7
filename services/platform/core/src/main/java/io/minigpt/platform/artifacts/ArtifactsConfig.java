package io.minigpt.platform.artifacts;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of the artifact store. */
@ConfigMapping(prefix = "minigpt.artifacts")
public interface ArtifactsConfig {

    /** Folder of the artifact store, shared by all services that read or write artifacts; not used with a bucket. */
    @WithDefault("artifacts")
    Path root();

    S3 s3();

    /** The artifact store as an S3 bucket. Who calls is told as to every AWS client, by AWS_ACCESS_KEY_ID and others. */
    interface S3 {

        /** The bucket, which must exist; without one, the folder is the store. */
        Optional<String> bucket();

        /** What object keys begin with, such as {@code minigpt/}; ends with a slash. */
        Optional<String> prefix();

        @WithDefault("us-east-1")
        String region();

        /** Of a store that is not Amazon's. */
        Optional<URI> endpoint();

        /** Whether the bucket is named in the path, not in the host name; most stores that are not Amazon's want that. */
        @WithDefault("false")
        boolean pathStyle();

        /** Parts in which big files are sent, each held in memory; S3 takes 10,000 of them at most. */
        @WithDefault("16M")
        MemorySize partSize();

        /** Folder for local copies of what is mapped into memory. */
        @WithDefault("${java.io.tmpdir}/minigpt-artifacts")
        Path cache();

        /** Local copies beyond this are deleted, those not used for longest first. */
        @WithDefault("16G")
        MemorySize cacheLimit();
    }
}
