package io.minigpt.evaluation;

import java.util.List;
import java.util.Locale;

/** A report as a page of HTML that needs nothing else: histograms are drawn in it, and there is no script. */
public final class ReportPage {

    private static final int BAR = 28;
    private static final int HEIGHT = 90;
    private static final String STYLE = """
            body{font-family:sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.5}
            figure{display:inline-block;margin:0 2rem 1rem 0}table{border-collapse:collapse;width:100%}
            td,th{border-bottom:1px solid #ccc;padding:.3rem;text-align:left;vertical-align:top}rect{fill:#47a}
            text{font-size:9px}""";

    private ReportPage() {}

    /** The page. @param title such as the name of the version */
    public static String of(String title, EvaluationReport report) {
        StringBuilder page = new StringBuilder()
                .append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(escaped(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(escaped(title))
                .append("</h1>");
        report.slices().forEach(slice -> append(page, slice));
        return page.append("</body></html>").toString();
    }

    private static void append(StringBuilder page, ReportSlice slice) {
        page.append("<h2>")
                .append(escaped(said(
                        "%s (%s), temperature %s, %d answers",
                        slice.set(), slice.label(), slice.temperature(), slice.answers())))
                .append("</h2>");
        slice.histograms().forEach(histogram -> append(page, histogram));
        page.append("<dl>");
        for (ReportHead head : slice.heads()) {
            page.append("<dt><b>")
                    .append(escaped(head.title()))
                    .append("</b></dt><dd>")
                    .append(escaped(head.finding()))
                    .append("</dd>");
        }
        page.append("</dl>");
        append(page, "Best answers", slice.best());
        append(page, "Worst answers", slice.worst());
    }

    private static void append(StringBuilder page, Histogram histogram) {
        int most = histogram.counts().stream().mapToInt(Integer::intValue).max().orElse(1);
        page.append(said(
                "<figure><svg width=\"%d\" height=\"%d\" role=\"img\">",
                histogram.counts().size() * BAR, HEIGHT + 34));
        for (int bin = 0; bin < histogram.counts().size(); bin++) {
            int count = histogram.counts().get(bin);
            double height = (double) count * HEIGHT / Math.max(1, most);
            page.append(said(
                    "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
                    bin * BAR, 12 + HEIGHT - height, BAR - 2, height));
            page.append(said(
                    "<text x=\"%d\" y=\"%.1f\">%d</text><text x=\"%d\" y=\"%d\">%s</text>",
                    bin * BAR,
                    10 + HEIGHT - height,
                    count,
                    bin * BAR,
                    HEIGHT + 26,
                    String.valueOf(histogram.edges().get(bin))));
        }
        page.append("</svg><figcaption>")
                .append(escaped(said("%s, mean %.4f", histogram.metric(), histogram.mean())))
                .append("</figcaption></figure>");
    }

    private static void append(StringBuilder page, String title, List<ScoredAnswer> answers) {
        if (answers.isEmpty()) {
            return;
        }
        page.append("<h3>")
                .append(title)
                .append("</h3><table><tr><th>question</th><th>answer</th><th>reference</th><th>ROUGE-L</th>")
                .append("<th>nearest record</th></tr>");
        for (ScoredAnswer answer : answers) {
            page.append("<tr><td>")
                    .append(escaped(answer.question()))
                    .append("</td><td>")
                    .append(escaped(answer.answer()))
                    .append("</td><td>")
                    .append(escaped(answer.reference().orElse("")))
                    .append("</td><td>")
                    .append(said("%.3f", answer.scores().getOrDefault("rouge_l", 0.0)))
                    .append("</td><td>")
                    .append(escaped(nearest(answer.nearest())))
                    .append("</td></tr>");
        }
        page.append("</table>");
    }

    private static String nearest(NearestRecords nearest) {
        return nearest.missing()
                .map(reason -> "missing: " + reason)
                .orElseGet(() -> nearest.records().stream()
                        .findFirst()
                        .map(record -> said(
                                "%s (%s, %.2f): %s %s",
                                record.id(), record.label(), record.similarity(), record.question(), record.answer()))
                        .orElse(""));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String said(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
