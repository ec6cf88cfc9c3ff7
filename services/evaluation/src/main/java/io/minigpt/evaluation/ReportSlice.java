package io.minigpt.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What an evaluation found in the answers of one set, label and temperature.
 *
 * @param set evaluation set
 * @param label what the model knows of the items
 * @param temperature sampling temperature; 0 is greedy
 * @param answers how many
 * @param figures means of the scores, and those of the set, by name
 * @param histograms of ROUGE-L, perplexity and repetition, as far as they were taken
 * @param heads characters, repetition, content, time
 * @param best answers with the highest ROUGE-L, the best first
 * @param worst answers with the lowest ROUGE-L, the worst first
 */
public record ReportSlice(
        String set,
        String label,
        double temperature,
        int answers,
        Map<String, Double> figures,
        List<Histogram> histograms,
        List<ReportHead> heads,
        List<ScoredAnswer> best,
        List<ScoredAnswer> worst) {

    private static final int SHOWN = 5;
    private static final String ORDER = AnswerMetrics.OF_REFERENCE.getFirst().name();

    public ReportSlice {
        figures = new TreeMap<>(figures);
        histograms = List.copyOf(histograms);
        heads = List.copyOf(heads);
        best = List.copyOf(best);
        worst = List.copyOf(worst);
    }

    /** @param answers of one set, label and temperature, at least one @param time figures of the whole evaluation */
    static ReportSlice of(List<ScoredAnswer> answers, Map<String, Double> time) {
        ScoredAnswer first = answers.getFirst();
        Map<String, Double> figures = figures(answers);
        List<ScoredAnswer> ranked = answers.stream()
                .filter(answer -> answer.scores().containsKey(ORDER))
                .sorted(Comparator.comparing(
                                (ScoredAnswer answer) -> answer.scores().get(ORDER))
                        .thenComparing(ScoredAnswer::id))
                .toList();
        int shown = Math.min(SHOWN, ranked.size());
        return new ReportSlice(
                first.set(),
                first.label(),
                first.temperature(),
                answers.size(),
                figures,
                histograms(answers),
                List.of(
                        ReportHead.characters(figures, answers.size()),
                        ReportHead.repetition(figures, count(answers, answer -> isCut(answer)), answers.size()),
                        ReportHead.content(figures, ranked.size()),
                        ReportHead.time(time)),
                ranked.reversed().subList(0, shown),
                ranked.subList(0, shown));
    }

    private static Map<String, Double> figures(List<ScoredAnswer> answers) {
        Map<String, List<Double>> values = new TreeMap<>();
        for (ScoredAnswer answer : answers) {
            answer.scores()
                    .forEach((name, score) -> values.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(score));
        }
        Map<String, Double> figures = new TreeMap<>();
        values.forEach((name, scores) -> figures.put(
                name, scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
        List<String> generated = answers.stream().map(ScoredAnswer::generated).toList();
        AnswerMetrics.OF_SET.forEach(metric -> figures.put(metric.name(), metric.score(generated)));
        return figures;
    }

    private static List<Histogram> histograms(List<ScoredAnswer> answers) {
        List<Histogram> histograms = new ArrayList<>();
        for (String share : List.of(ORDER, "repetition")) {
            double[] values = values(answers, share);
            if (values.length > 0) {
                histograms.add(Histogram.ofShare(share, values));
            }
        }
        double[] perplexities = values(answers, "perplexity");
        if (perplexities.length > 0) {
            histograms.add(Histogram.ofPerplexity("perplexity", perplexities));
        }
        return histograms;
    }

    private static double[] values(List<ScoredAnswer> answers, String metric) {
        return answers.stream()
                .filter(answer -> answer.scores().containsKey(metric))
                .mapToDouble(answer -> answer.scores().get(metric))
                .toArray();
    }

    private static boolean isCut(ScoredAnswer answer) {
        return !answer.generated().strip().equals(answer.answer().strip());
    }

    private static int count(List<ScoredAnswer> answers, Predicate<ScoredAnswer> condition) {
        return Math.toIntExact(answers.stream().filter(condition).count());
    }
}
