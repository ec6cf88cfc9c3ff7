package io.minigpt.corpus;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the corpus service. */
@ConfigMapping(prefix = "minigpt.corpus")
public interface CorpusConfig {

    /** Largest body of one request, after which the connection is refused; imports are streamed, not held. */
    @WithDefault("1T")
    MemorySize maxBodySize();

    /** Longest line of an import, in bytes without its line end; a longer one is refused. */
    @WithDefault("1M")
    MemorySize maxLine();

    /** Deepest nesting of JSON in a line. */
    @WithDefault("32")
    int maxNesting();

    /** Lines that are stored and published in one transaction. */
    @WithDefault("200")
    int batchLines();

    /** Bytes of lines after which a transaction is closed before it has all of its lines; bounds the memory. */
    @WithDefault("8M")
    MemorySize batchBytes();

    /** Refused lines that an answer lists; all are counted. */
    @WithDefault("1000")
    int maxRejections();
}
