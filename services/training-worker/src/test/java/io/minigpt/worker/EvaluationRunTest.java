package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.evaluation.NearRecord;
import io.minigpt.evaluation.NearestRecords;
import io.minigpt.gpt.Score;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.proto.training.v1.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationRunTest {

    private static final List<EvaluationItem> ITEMS = List.of(
            EvaluationItem.question("a", "curated", "trained", "甲？", Optional.of("甲乙丙丁"), 8, PairTemplate.STANDARD),
            EvaluationItem.question("b", "curated", "trained", "乙？", Optional.of("天地"), 8, PairTemplate.STANDARD),
            EvaluationItem.question("c", "unseen", "unseen", "丙？", Optional.of("日月"), 8, PairTemplate.STANDARD));

    private static final Map<String, String> ANSWERS = Map.of("甲？", "甲乙", "乙？", "天地", "丙？", "山川");

    /** Of every question but one the record is the question itself. */
    private static final RecordSearch RECORDS = (question, answer) -> question.equals("丙？")
            ? NearestRecords.missing("away")
            : NearestRecords.of(List.of(new NearRecord("r", 1, "trained", question, answer)));

    @TempDir
    Path folder;

    @Test
    void scoresEverySetAtEveryTemperature() throws IOException {
        Recorder journal = new Recorder();
        EvaluationRun run = new EvaluationRun(plan(), ITEMS, new Scripted(), RECORDS, journal, done -> {});

        run.run(folder.resolve("answers.jsonl"));

        // ROUGE-L of the first is 2 * 2 / (2 + 4); each target has a probability of 1/16 on 4 bytes
        assertThat(journal.metrics)
                .filteredOn(metric -> List.of("rouge_l", "perplexity", "distinct_2", "tokens_per_second")
                        .contains(metric.getName()))
                .extracting(Metric::getSet, Metric::getLabel, Metric::getName, Metric::getTemperature, Metric::getItems)
                .containsExactly(
                        tuple("curated", "trained", "perplexity", 1.0, 2L),
                        tuple("curated", "trained", "rouge_l", 0.0, 2L),
                        tuple("curated", "trained", "distinct_2", 0.0, 2L),
                        tuple("curated", "trained", "rouge_l", 0.5, 2L),
                        tuple("curated", "trained", "distinct_2", 0.5, 2L),
                        tuple("unseen", "unseen", "perplexity", 1.0, 1L),
                        tuple("unseen", "unseen", "rouge_l", 0.0, 1L),
                        tuple("unseen", "unseen", "distinct_2", 0.0, 1L),
                        tuple("unseen", "unseen", "rouge_l", 0.5, 1L),
                        tuple("unseen", "unseen", "distinct_2", 0.5, 1L),
                        tuple("validation", "", "perplexity", 1.0, 1L),
                        tuple("latency", "", "tokens_per_second", 0.0, 3L));
        assertThat(journal.value("latency", "time_to_first_token_ms")).isEqualTo(20);
        assertThat(journal.value("latency", "tokens_per_second")).isEqualTo(100);
        assertThat(journal.metric("curated", "rouge_l").getLow()).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(journal.metric("curated", "rouge_l").getHigh()).isEqualTo(1);
        assertThat(journal.metric("curated", "perplexity").getLow()).isCloseTo(4, within(1e-9));
        assertThat(journal.metric("curated", "distinct_1").hasLow()).isFalse();
        assertThat(journal.value("curated", "rouge_l")).isCloseTo((2.0 / 3 + 1) / 2, within(1e-9));
        assertThat(journal.value("curated", "exact_match")).isEqualTo(0.5);
        assertThat(journal.value("curated", "bits_per_byte")).isCloseTo(1, within(1e-9));
        assertThat(journal.value("curated", "perplexity")).isCloseTo(4, within(1e-9));
        assertThat(journal.value("unseen", "rouge_l")).isZero();
        assertThat(journal.value("validation", "bits_per_byte")).isCloseTo(2, within(1e-9));
        assertThat(journal.done).containsExactly(2L, 4L, 5L, 6L);
    }

    @Test
    void itemsOfDifferentLabelsHaveFiguresOfTheirOwn() throws IOException {
        // Given a file of which one line is known to be trained, one unseen, and one without an answer
        List<EvaluationItem> mixed = List.of(
                EvaluationItem.question("1", "test", "trained", "乙？", Optional.of("天地"), 8, PairTemplate.STANDARD),
                EvaluationItem.question("2", "test", "unseen", "丙？", Optional.of("日月"), 8, PairTemplate.STANDARD),
                EvaluationItem.question("3", "test", "unknown", "甲？", Optional.empty(), 8, PairTemplate.STANDARD));
        Recorder journal = new Recorder();

        new EvaluationRun(plan(), mixed, new Scripted(), RECORDS, journal, done -> {})
                .run(folder.resolve("answers.jsonl"));

        assertThat(journal.metrics)
                .filteredOn(metric -> metric.getName().equals("rouge_l") && metric.getTemperature() == 0)
                .extracting(Metric::getSet, Metric::getLabel, Metric::getValue)
                .containsExactly(tuple("test", "trained", 1.0), tuple("test", "unseen", 0.0));
        assertThat(journal.metrics)
                .filteredOn(metric -> metric.getLabel().equals("unknown"))
                .extracting(Metric::getName)
                .contains("repetition", "valid_characters")
                .doesNotContain("perplexity", "bits_per_byte");
    }

    @Test
    void keepsEveryAnswerWithItsScores() throws IOException {
        EvaluationRun run = new EvaluationRun(plan(), ITEMS, new Scripted(), RECORDS, new Recorder(), done -> {});

        run.run(folder.resolve("answers.jsonl"));

        List<String> lines = Files.readAllLines(folder.resolve("answers.jsonl"));
        assertThat(lines).hasSize(6);
        JsonNode first = new ObjectMapper().readTree(lines.getFirst());
        assertThat(first.path("id").asText()).isEqualTo("a");
        assertThat(first.path("set").asText()).isEqualTo("curated");
        assertThat(first.path("label").asText()).isEqualTo("trained");
        assertThat(first.path("question").asText()).isEqualTo("甲？");
        assertThat(first.path("answer").asText()).isEqualTo("甲乙");
        assertThat(first.path("reference").asText()).isEqualTo("甲乙丙丁");
        assertThat(first.path("rouge_l").asDouble()).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(first.path("exact_match").asDouble()).isZero();
        assertThat(first.path("bits_per_byte").asDouble()).isCloseTo(1, within(1e-9));
        assertThat(first.at("/nearest/0/question").asText()).isEqualTo("甲？");
        assertThat(first.at("/nearest/0/answer").asText()).isEqualTo("甲乙");
        assertThat(new ObjectMapper()
                        .readTree(lines.getLast())
                        .path("nearestMissing")
                        .asText())
                .isEqualTo("away");
    }

    private static EvaluationPlan plan() {
        return EvaluationPlan.of(EvaluationRequested.newBuilder()
                .setVersion(
                        ModelVersion.newBuilder().addFiles(Artifact.newBuilder().setName("model.safetensors")))
                .setDataset(DatasetVersion.newBuilder().setKind(DatasetKind.DATASET_KIND_SFT))
                .setConfiguration("{\"temperatures\":[0,0.5],\"batch_size\":2}")
                .build());
    }

    /** Answers from a table and finds every target as probable as four coin throws. */
    private static final class Scripted implements LanguageModel {

        @Override
        public List<Answer> answer(List<EvaluationItem> items, double temperature, Runnable checkStop) {
            return items.stream()
                    .map(item -> ANSWERS.get(item.question()))
                    .map(answer -> new Answer(answer, answer, 4, true))
                    .toList();
        }

        @Override
        public Speed time(EvaluationItem item, double temperature, Runnable checkStop) {
            return new Speed(Duration.ofMillis(20), Duration.ofMillis(40), 4);
        }

        @Override
        public List<Score> score(List<EvaluationItem> items, Runnable checkStop) {
            return items.stream().map(item -> new Score(-4 * Math.log(2), 2, 4)).toList();
        }

        @Override
        public Optional<Score> scoreValidation(Runnable checkStop) {
            checkStop.run();
            return Optional.of(new Score(-8 * Math.log(2), 2, 4));
        }
    }

    private static final class Recorder implements EvaluationJournal {

        private final List<Long> done = new ArrayList<>();
        private List<Metric> metrics = List.of();

        @Override
        public void started(long items) {
            assertThat(items).isEqualTo(6); // three items at two temperatures
        }

        @Override
        public void progressed(long answered, long items) {
            done.add(answered);
        }

        @Override
        public void finished(List<Metric> figures, Path answers) {
            metrics = figures;
        }

        @Override
        public void checkStop() {}

        double value(String set, String name) {
            return metric(set, name).getValue();
        }

        Metric metric(String set, String name) {
            return metrics.stream()
                    .filter(metric ->
                            metric.getSet().equals(set) && metric.getName().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
