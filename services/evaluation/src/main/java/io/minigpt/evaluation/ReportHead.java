package io.minigpt.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One of the four heads of the analysis.
 *
 * @param title characters, repetition, content or time
 * @param figures what it rests on, by name
 * @param finding the same in a sentence
 */
public record ReportHead(String title, Map<String, Double> figures, String finding) {

    public ReportHead {
        figures = new TreeMap<>(figures);
    }

    static ReportHead characters(Map<String, Double> means, int answers) {
        double valid = means.getOrDefault("valid_characters", 1.0);
        double leaks = means.getOrDefault("end_token_leak", 0.0) * answers;
        double empty = means.getOrDefault("empty_answer", 0.0) * answers;
        return new ReportHead(
                "characters",
                only(means, List.of("valid_characters", "chinese_characters", "end_token_leak", "empty_answer")),
                said(
                        "%.2f %% of the characters are valid and %.1f %% of the letters Chinese; %.0f of %d answers hold"
                                + " the end token as text, %.0f are empty.",
                        100 * valid, 100 * means.getOrDefault("chinese_characters", 0.0), leaks, answers, empty));
    }

    static ReportHead repetition(Map<String, Double> figures, int cut, int answers) {
        return new ReportHead(
                "repetition",
                only(figures, List.of("repetition", "distinct_1", "distinct_2")),
                said(
                        "%.1f %% of four characters in a row stood in the same answer before; %d of %d answers were cut"
                                + " because they began to repeat themselves.",
                        100 * figures.getOrDefault("repetition", 0.0), cut, answers));
    }

    static ReportHead content(Map<String, Double> means, int referenced) {
        String finding = referenced == 0
                ? "There is no reference to compare with."
                : said(
                        "ROUGE-L is %.3f over %d references, of which %.1f %% are answered word for word; a reference has"
                                + " %.3f bits a byte.",
                        means.getOrDefault("rouge_l", 0.0),
                        referenced,
                        100 * means.getOrDefault("exact_match", 0.0),
                        means.getOrDefault("bits_per_byte", Double.NaN));
        return new ReportHead(
                "content",
                only(means, List.of("rouge_l", "exact_match", "character_f1", "bleu_4", "bits_per_byte", "perplexity")),
                finding);
    }

    static ReportHead time(Map<String, Double> figures) {
        String finding = figures.isEmpty()
                ? "No time was measured."
                : said(
                        "Asked alone, the first token is there after %.0f ms, and there are %.1f tokens a second.",
                        figures.getOrDefault("time_to_first_token_ms", Double.NaN),
                        figures.getOrDefault("tokens_per_second", Double.NaN));
        return new ReportHead("time", figures, finding);
    }

    private static Map<String, Double> only(Map<String, Double> figures, List<String> names) {
        Map<String, Double> chosen = new TreeMap<>(figures);
        chosen.keySet().retainAll(names);
        return chosen;
    }

    private static String said(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
