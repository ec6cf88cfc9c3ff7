package io.minigpt.data.bench;

import io.minigpt.corpus.Batch;
import io.minigpt.corpus.CorpusConfig;
import io.minigpt.corpus.CorpusName;
import io.minigpt.corpus.Document;
import io.minigpt.corpus.ImportLedger;
import io.minigpt.corpus.ImportOrder;
import io.minigpt.corpus.Importer;
import io.minigpt.corpus.Kind;
import io.minigpt.corpus.Question;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Everything that an import does with lines but storing them: cutting, decoding, parsing, normalising, hashing. */
final class Parsing {

    private Parsing() {}

    /** Reads a file. @return documents that were parsed */
    static long run(Path file) throws IOException {
        CorpusConfig config = new SmallRyeConfigBuilder()
                .withMapping(CorpusConfig.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new DurationConverter())
                .withDefaultValues(Map.of("minigpt.corpus.near-duplicates.enabled", "false"))
                .build()
                .getConfigMapping(CorpusConfig.class);
        Counting ledger = new Counting();
        try (InputStream in = Files.newInputStream(file)) {
            new Importer(ledger, config).stream(new CorpusName("bench"), Kind.DOCUMENT, in);
        }
        return ledger.documents;
    }

    private static final class Counting implements ImportLedger {

        private long documents;

        @Override
        public void begin(ImportOrder order) {}

        @Override
        public void storeDocuments(ImportOrder order, Batch<Document> batch) {
            documents += batch.candidates().size();
        }

        @Override
        public void storeQuestions(ImportOrder order, Batch<Question> batch) {
            throw new IllegalStateException("no questions were sent");
        }

        @Override
        public void end(ImportOrder order, Optional<String> brokenOff) {
            brokenOff.ifPresent(why -> {
                throw new IllegalStateException(why);
            });
        }
    }
}
