package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusConfigTest {

    @Test
    void defaults() {
        CorpusConfig config = TestConfig.of(Map.of());

        assertThat(config.maxBodySize().asLongValue()).isEqualTo(1L << 40);
        assertThat(config.maxExpansion()).isEqualTo(250);
        assertThat(config.maxLine().asLongValue()).isEqualTo(1L << 20);
        assertThat(config.maxNesting()).isEqualTo(32);
        assertThat(config.batchLines()).isEqualTo(500);
        assertThat(config.batchBytes().asLongValue()).isEqualTo(2L << 20);
        assertThat(config.maxRejections()).isEqualTo(1000);
        assertThat(Normalisation.of(config.normalisation())).isEqualTo(Normalisation.STANDARD);
        assertThat(config.quality().minCharacters()).isEqualTo(1);
        assertThat(config.quality().maxCharacters()).isEqualTo(10_000_000);
        assertThat(config.quality().minChinese()).isZero();
        assertThat(config.quality().maxRepeatedLines()).isEqualTo(1);
        assertThat(config.quality().maxRepeatedPhrases()).isEqualTo(1);
        assertThat(config.quality().maxBoilerplate()).isEqualTo(1);
        assertThat(config.quality().boilerplatePhrases()).contains("版权所有");
        assertThat(config.nearDuplicates().enabled()).isTrue();
        assertThat(config.nearDuplicates().threshold()).isEqualTo(0.8);
        assertThat(config.imports().folder()).isEmpty();
        assertThat(config.imports().bucket()).isEmpty();
        assertThat(config.imports().slots()).isEqualTo(2);
        assertThat(config.imports().maxRejects()).isEqualTo(100_000);
        assertThat(config.imports().abandonedAfter()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void explicit() {
        CorpusConfig config = TestConfig.of(Map.ofEntries(
                Map.entry("max-body-size", "1G"),
                Map.entry("max-expansion", "7"),
                Map.entry("max-line", "2M"),
                Map.entry("max-nesting", "3"),
                Map.entry("batch-lines", "4"),
                Map.entry("batch-bytes", "5K"),
                Map.entry("max-rejections", "6"),
                Map.entry("normalisation.nfc", "false"),
                Map.entry("normalisation.zero-width", "false"),
                Map.entry("quality.min-characters", "8"),
                Map.entry("quality.max-characters", "9"),
                Map.entry("quality.min-chinese", "0.1"),
                Map.entry("quality.max-repeated-lines", "0.2"),
                Map.entry("quality.max-repeated-phrases", "0.3"),
                Map.entry("quality.max-boilerplate", "0.4"),
                Map.entry("quality.boilerplate-phrases", "a,b"),
                Map.entry("near-duplicates.enabled", "false"),
                Map.entry("near-duplicates.threshold", "0.9"),
                Map.entry("imports.folder", "/data"),
                Map.entry("imports.bucket", "inbox"),
                Map.entry("imports.slots", "3"),
                Map.entry("imports.max-rejects", "10"),
                Map.entry("imports.abandoned-after", "5m")));

        assertThat(config.maxBodySize().asLongValue()).isEqualTo(1L << 30);
        assertThat(config.maxExpansion()).isEqualTo(7);
        assertThat(config.maxLine().asLongValue()).isEqualTo(2L << 20);
        assertThat(config.maxNesting()).isEqualTo(3);
        assertThat(config.batchLines()).isEqualTo(4);
        assertThat(config.batchBytes().asLongValue()).isEqualTo(5 * 1024);
        assertThat(config.maxRejections()).isEqualTo(6);
        assertThat(Normalisation.of(config.normalisation()).recipe())
                .isEqualTo("normalisation-1 without zero-width, nfc");
        assertThat(Quality.of(config.quality())).isEqualTo(new Quality(8, 9, 0.1, 0.2, 0.3, 0.4, List.of("a", "b")));
        assertThat(config.nearDuplicates().enabled()).isFalse();
        assertThat(config.nearDuplicates().threshold()).isEqualTo(0.9);
        assertThat(config.imports().folder()).contains(Path.of("/data"));
        assertThat(config.imports().bucket()).contains("inbox");
        assertThat(config.imports().slots()).isEqualTo(3);
        assertThat(config.imports().maxRejects()).isEqualTo(10);
        assertThat(config.imports().abandonedAfter()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({
        "near-duplicates.threshold,0.5,near-duplicates.threshold: 0.5 is not between 0.7 and 1",
        "quality.min-chinese,1.5,quality.min-chinese: 1.5 is not between 0.0 and 1",
        "batch-lines,0,batch-lines: 0 is less than 1",
    })
    void aBadValueStopsTheStartWithItsName(String key, String value, String message) {
        CorpusConfig config = TestConfig.of(Map.of(key, value));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigCheck.check(config))
                .withMessage("minigpt.corpus." + message);
    }
}
