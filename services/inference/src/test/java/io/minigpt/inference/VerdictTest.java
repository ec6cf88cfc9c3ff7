package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    @ParameterizedTest
    @CsvSource({
        "水的化学式是H2O。, 水的化学式是H2O。, MEMORISED",
        "水的化学式是H2O, 水的化学式是H2O。, MEMORISED",
        "水由氢和氧组成，化学式是H2O。, 水的化学式是H2O。, PARAPHRASED",
        "木星最大。, 水的化学式是H2O。, UNSUPPORTED",
        "水的化学式是H2O。, '', UNSUPPORTED",
    })
    void itIsWhatTheNearestAnswerSays(String answer, String learned, Verdict verdict) {
        List<NearRecord> records = Stream.of("无关。", learned)
                .map(text -> new NearRecord(0.5, text, MissingNode.getInstance()))
                .toList();

        assertThat(Verdict.of(answer, records)).isEqualTo(verdict);
    }

    @Test
    void withoutRecordsNothingSupportsIt() {
        assertThat(Verdict.of("长城", List.of())).isEqualTo(Verdict.UNSUPPORTED);
    }
}
