package io.minigpt.registry.store;

import io.minigpt.evaluation.EvaluationReport;
import io.minigpt.evaluation.PairedComparison;
import io.minigpt.evaluation.ScoredAnswer;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.Metric;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the files of answers that evaluations leave. */
@ApplicationScoped
public class AnswerFiles {

    private static final String LATENCY = "latency";

    /**
     * Two versions on the items of one set, label and temperature.
     *
     * @param set evaluation set
     * @param label what is known of the items
     * @param temperature sampling temperature
     * @param metric name of the score
     * @param comparison of the two
     */
    public record Paired(String set, String label, double temperature, String metric, PairedComparison comparison) {}

    private record Item(String set, String label, double temperature, String id, String question) {}

    private record Slice(String set, String label, double temperature, String metric) {}

    private record Pair(double first, double second) {}

    private final ArtifactStore artifacts;

    public AnswerFiles(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /** A file's lines; reading to the end verifies its sha256. */
    public BufferedReader open(EvaluationFinished evaluation) throws IOException {
        return new BufferedReader(
                new InputStreamReader(artifacts.open(evaluation.getAnswers()), StandardCharsets.UTF_8));
    }

    /** The report of an evaluation. */
    public EvaluationReport report(EvaluationFinished evaluation) throws IOException {
        Map<String, Double> time = new TreeMap<>();
        for (Metric metric : evaluation.getMetricsList()) {
            if (metric.getSet().equals(LATENCY)) {
                time.put(metric.getName(), metric.getValue());
            }
        }
        try (BufferedReader lines = open(evaluation)) {
            return EvaluationReport.read(lines, time);
        }
    }

    /** Compares two evaluations on the items that both have, each with the same question. */
    public List<Paired> paired(EvaluationFinished first, EvaluationFinished second) throws IOException {
        Map<Item, Map<String, Double>> before = new HashMap<>();
        try (BufferedReader lines = open(first)) {
            for (ScoredAnswer answer : answers(lines)) {
                before.put(item(answer), answer.scores());
            }
        }
        Map<Slice, List<Pair>> pairs = new TreeMap<>((a, b) -> order(a).compareTo(order(b)));
        try (BufferedReader lines = open(second)) {
            for (ScoredAnswer answer : answers(lines)) {
                Map<String, Double> other = before.getOrDefault(item(answer), Map.of());
                answer.scores().forEach((metric, score) -> {
                    if (other.containsKey(metric)) {
                        pairs.computeIfAbsent(
                                        new Slice(answer.set(), answer.label(), answer.temperature(), metric),
                                        slice -> new ArrayList<>())
                                .add(new Pair(other.get(metric), score));
                    }
                });
            }
        }
        List<Paired> compared = new ArrayList<>();
        pairs.forEach((slice, scores) -> compared.add(new Paired(
                slice.set(),
                slice.label(),
                slice.temperature(),
                slice.metric(),
                PairedComparison.of(
                        scores.stream().mapToDouble(Pair::first).toArray(),
                        scores.stream().mapToDouble(Pair::second).toArray()))));
        return compared;
    }

    private static List<ScoredAnswer> answers(BufferedReader lines) throws IOException {
        List<ScoredAnswer> answers = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (answers.size() == EvaluationReport.MOST_ANSWERS) {
                throw new IOException("a comparison takes " + EvaluationReport.MOST_ANSWERS + " answers at most");
            }
            answers.add(ScoredAnswer.parse(line));
        }
        return answers;
    }

    private static Item item(ScoredAnswer answer) {
        return new Item(answer.set(), answer.label(), answer.temperature(), answer.id(), answer.question());
    }

    private static String order(Slice slice) {
        return String.join("/", slice.set(), slice.label(), Double.toString(slice.temperature()), slice.metric());
    }
}
