package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorpusConfigTest {

    @Test
    void defaults() {
        CorpusConfig config = config(Map.of());

        assertThat(config.maxBodySize().asLongValue()).isEqualTo(1L << 40);
        assertThat(config.maxLine().asLongValue()).isEqualTo(1L << 20);
        assertThat(config.maxNesting()).isEqualTo(32);
        assertThat(config.batchLines()).isEqualTo(200);
        assertThat(config.batchBytes().asLongValue()).isEqualTo(8L << 20);
        assertThat(config.maxRejections()).isEqualTo(1000);
    }

    @Test
    void explicit() {
        CorpusConfig config = config(Map.of(
                "minigpt.corpus.max-body-size", "1G",
                "minigpt.corpus.max-line", "2M",
                "minigpt.corpus.max-nesting", "3",
                "minigpt.corpus.batch-lines", "4",
                "minigpt.corpus.batch-bytes", "5K",
                "minigpt.corpus.max-rejections", "6"));

        assertThat(config.maxBodySize().asLongValue()).isEqualTo(1L << 30);
        assertThat(config.maxLine().asLongValue()).isEqualTo(2L << 20);
        assertThat(config.maxNesting()).isEqualTo(3);
        assertThat(config.batchLines()).isEqualTo(4);
        assertThat(config.batchBytes().asLongValue()).isEqualTo(5 * 1024);
        assertThat(config.maxRejections()).isEqualTo(6);
    }

    private static CorpusConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(CorpusConfig.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(CorpusConfig.class);
    }
}
