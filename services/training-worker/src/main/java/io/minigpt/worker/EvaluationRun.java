package io.minigpt.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.gpt.Score;
import io.minigpt.proto.training.v1.Metric;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Asks a model everything that a plan has, at each temperature, and scores what it says.
 *
 * <p>Besides the answers it judges the references themselves, at temperature 1: {@code bits_per_byte} is -log2 p of all
 * targets of a set over the bytes that they stand for, {@code perplexity} is e to their -ln p a token. A question's
 * target includes its end token. The set {@code validation} is the dataset's validation text.
 */
public final class EvaluationRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double LIKELIHOOD_TEMPERATURE = 1;

    private final EvaluationPlan plan;
    private final List<EvaluationItem> items;
    private final LanguageModel model;
    private final EvaluationJournal journal;
    private final LongConsumer progress;
    private final long total;
    private long done;

    public EvaluationRun(
            EvaluationPlan plan,
            List<EvaluationItem> items,
            LanguageModel model,
            EvaluationJournal journal,
            LongConsumer progress) {
        this.plan = plan;
        this.items = items;
        this.model = model;
        this.journal = journal;
        this.progress = progress;
        this.total = (long) items.size() * plan.temperatures().size();
    }

    /** Runs to the end. @param answers file to write the answers to */
    public void run(Path answers) throws IOException {
        journal.started(total);
        List<Metric> metrics = new ArrayList<>();
        try (BufferedWriter lines = Files.newBufferedWriter(answers, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, List<EvaluationItem>> set : bySet().entrySet()) {
                List<Score> references = references(set.getValue());
                metrics.addAll(likelihood(set.getKey(), references));
                for (double temperature : plan.temperatures()) {
                    metrics.addAll(answers(set.getKey(), set.getValue(), references, temperature, lines));
                }
            }
        }
        model.scoreValidation(journal::checkStop)
                .ifPresent(score -> metrics.addAll(likelihood("validation", List.of(score))));
        journal.finished(metrics, answers);
    }

    private Map<String, List<EvaluationItem>> bySet() {
        return items.stream()
                .collect(Collectors.groupingBy(EvaluationItem::set, LinkedHashMap::new, Collectors.toList()));
    }

    private List<Score> references(List<EvaluationItem> set) {
        List<Score> scores = new ArrayList<>();
        for (List<EvaluationItem> batch : batches(set)) {
            scores.addAll(model.score(batch, journal::checkStop));
        }
        return scores;
    }

    private static List<Metric> likelihood(String set, List<Score> scores) {
        Score all = scores.stream()
                .reduce(
                        new Score(0, 0, 0),
                        (a, b) -> new Score(
                                a.logProbability() + b.logProbability(),
                                a.tokens() + b.tokens(),
                                a.bytes() + b.bytes()));
        return List.of(
                metric(set, "bits_per_byte", LIKELIHOOD_TEMPERATURE, all.bitsPerByte(), scores.size()),
                metric(set, "perplexity", LIKELIHOOD_TEMPERATURE, all.perplexity(), scores.size()));
    }

    private List<Metric> answers(
            String name, List<EvaluationItem> set, List<Score> references, double temperature, BufferedWriter lines)
            throws IOException {
        List<ItemScores> scores = new ArrayList<>();
        for (List<EvaluationItem> batch : batches(set)) {
            List<String> answers = model.answer(batch, temperature, journal::checkStop);
            for (int i = 0; i < batch.size(); i++) {
                EvaluationItem item = batch.get(i);
                ItemScores score = ItemScores.of(answers.get(i), item.reference());
                Score reference = references.get(scores.size());
                scores.add(score);
                lines.write(JSON.writeValueAsString(line(item, temperature, answers.get(i), score, reference)));
                lines.write('\n');
            }
            done += batch.size();
            progress.accept(done);
            journal.progressed(done, total);
        }
        double rougeL =
                scores.stream().mapToDouble(ItemScores::rougeL).average().orElseThrow();
        double exactMatch =
                scores.stream().mapToDouble(ItemScores::exactMatch).average().orElseThrow();
        return List.of(
                metric(name, "rouge_l", temperature, rougeL, set.size()),
                metric(name, "exact_match", temperature, exactMatch, set.size()));
    }

    private static Map<String, Object> line(
            EvaluationItem item, double temperature, String answer, ItemScores score, Score reference) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", item.id());
        line.put("set", item.set());
        line.put("label", item.label());
        line.put("temperature", temperature);
        line.put("question", item.question());
        line.put("answer", answer);
        line.put("reference", item.reference());
        line.put("rouge_l", score.rougeL());
        line.put("exact_match", score.exactMatch());
        line.put("bits_per_byte", reference.bitsPerByte());
        line.put("perplexity", reference.perplexity());
        return line;
    }

    private List<List<EvaluationItem>> batches(List<EvaluationItem> set) {
        List<List<EvaluationItem>> batches = new ArrayList<>();
        for (int from = 0; from < set.size(); from += plan.batchSize()) {
            batches.add(set.subList(from, Math.min(set.size(), from + plan.batchSize())));
        }
        return batches;
    }

    private static Metric metric(String set, String name, double temperature, double value, int items) {
        return Metric.newBuilder()
                .setSet(set)
                .setName(name)
                .setTemperature(temperature)
                .setValue(value)
                .setItems(items)
                .build();
    }
}
