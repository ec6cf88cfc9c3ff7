package io.minigpt.tokenization;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** Settings of the tokenization service. */
@ConfigMapping(prefix = "minigpt.tokenization")
public interface TokenizationConfig {

    /** Folder for the files of a version until they are complete; needs room for the largest version. */
    @WithDefault("${java.io.tmpdir}/minigpt-tokenization")
    Path workFolder();

    /** Folder of the text forms of pairs, {@code *.yaml}. */
    @WithDefault("${minigpt.config.root}/templates")
    Path templates();

    /** Freezes that one replica does at a time. */
    @WithDefault("1")
    int freezes();

    /** Threads that encode for one freeze; all processors if it is left out. */
    OptionalInt encodingThreads();

    /** {@link #encodingThreads()} or its default. */
    default int threads() {
        return encodingThreads().orElse(Runtime.getRuntime().availableProcessors());
    }

    /** Records that are read and encoded together. */
    @WithDefault("256")
    int batch();

    /** Shortest time between two progress events of a freeze. */
    @WithDefault("500ms")
    Duration progressInterval();
}
