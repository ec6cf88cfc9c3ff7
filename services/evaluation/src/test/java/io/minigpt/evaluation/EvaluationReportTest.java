package io.minigpt.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {

    private static final Map<String, Double> TIME = Map.of("time_to_first_token_ms", 12.0, "tokens_per_second", 150.0);

    @Test
    void splitsByLabelAndFillsTheFourHeads() throws IOException {
        // Given two trained items, one of them answered rightly, and an unseen one that repeats itself
        EvaluationReport report = read(
                answer("1", "trained", "水是液体。", "水是液体。", "水是液体。"),
                answer("2", "trained", "火", "火", "山"),
                answer("3", "unseen", "<b>啊啊", "<b>啊啊啊啊啊啊啊啊", "天"));

        assertThat(report.slices()).extracting(ReportSlice::label).containsExactly("trained", "unseen");
        ReportSlice trained = report.slices().getFirst();
        assertThat(trained.figures()).containsEntry("rouge_l", 0.5).containsEntry("exact_match", 0.5);
        assertThat(trained.heads())
                .extracting(ReportHead::title)
                .containsExactly("characters", "repetition", "content", "time");
        assertThat(trained.heads().get(2).finding()).startsWith("ROUGE-L is 0.500 over 2 references, of which 50.0 %");
        assertThat(trained.heads().get(3).finding()).contains("after 12 ms", "150.0 tokens a second");
        assertThat(trained.best()).extracting(ScoredAnswer::id).containsExactly("1", "2");
        assertThat(trained.worst()).extracting(ScoredAnswer::id).containsExactly("2", "1");
        assertThat(report.slices().getLast().heads().get(1).finding()).contains("1 of 1 answers were cut");
    }

    @Test
    void aHistogramHasItsValuesWhereTheyBelong() {
        Histogram share = Histogram.ofShare("rouge_l", new double[] {0, 0.05, 0.1, 0.999, 1});
        Histogram perplexity = Histogram.ofPerplexity("perplexity", new double[] {1, 1.9, 2, 5});

        assertThat(share.counts()).containsExactly(2, 1, 0, 0, 0, 0, 0, 0, 0, 2);
        assertThat(share.mean()).isCloseTo(0.4298, within(1e-9));
        assertThat(perplexity.edges()).containsExactly(1.0, 2.0, 4.0, 8.0);
        assertThat(perplexity.counts()).containsExactly(2, 1, 1);
    }

    @Test
    void thePageShowsTextAsText() throws IOException {
        String page = ReportPage.of("m:1", read(answer("3", "unseen", "<script>", "<script>", "天")));

        assertThat(page)
                .contains("&lt;script&gt;", "<svg", "rouge_l, mean 0.0000")
                .doesNotContain("<script>");
    }

    @Test
    void aLineReadsBack() throws IOException {
        ScoredAnswer answer = answer("1", "trained", "水\n", "水", "山");

        assertThat(ScoredAnswer.parse(answer.toLine())).isEqualTo(answer);
    }

    @Test
    void theNearestRecordsGoAlongOrItSaysThatTheyAreMissing() throws IOException {
        ScoredAnswer found = answer("1", "unseen", "水", "水", "山")
                .withNearest(NearestRecords.of(List.of(new NearRecord("r1", 0.75, "trained", "水？", "<水>"))));
        ScoredAnswer missing = found.withNearest(NearestRecords.missing("tokenization is away"));

        assertThat(ScoredAnswer.parse(found.toLine())).isEqualTo(found);
        assertThat(ScoredAnswer.parse(missing.toLine())).isEqualTo(missing);
        assertThat(ReportPage.of("m:1", read(found))).contains("r1 (trained, 0.75): 水？ &lt;水&gt;");
        assertThat(ReportPage.of("m:1", read(missing))).contains("missing: tokenization is away");
    }

    @Test
    void anOlderLineHasNoMoreThanItsScores() throws IOException {
        ScoredAnswer answer =
                ScoredAnswer.parse("{\"id\":\"1\",\"answer\":\"水\",\"rouge_l\":0.5,\"perplexity\":\"NaN\"}");

        assertThat(answer.generated()).isEqualTo("水");
        assertThat(answer.reference()).isEmpty();
        assertThat(answer.scores()).isEqualTo(Map.of("rouge_l", 0.5));
        assertThat(answer.nearest()).isEqualTo(NearestRecords.none());
    }

    @Test
    void namesTheLineThatIsNoAnswer() {
        assertThatThrownBy(() -> EvaluationReport.read(new BufferedReader(new StringReader("{}\nno")), TIME))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
    }

    private static EvaluationReport read(ScoredAnswer... answers) throws IOException {
        String lines = List.of(answers).stream().map(ScoredAnswer::toLine).collect(Collectors.joining("\n"));
        return EvaluationReport.read(new BufferedReader(new StringReader(lines)), TIME);
    }

    private static ScoredAnswer answer(String id, String label, String answer, String generated, String reference) {
        Optional<String> right = Optional.of(reference);
        return new ScoredAnswer(
                id,
                "curated",
                label,
                0.01,
                "问？",
                answer,
                generated,
                right,
                3,
                true,
                AnswerMetrics.score(answer, generated, right),
                NearestRecords.none());
    }
}
