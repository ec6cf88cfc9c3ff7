package io.minigpt.registry.http;

import io.minigpt.evaluation.EvaluationReport;
import io.minigpt.evaluation.Histogram;
import io.minigpt.evaluation.NearRecord;
import io.minigpt.evaluation.ReportHead;
import io.minigpt.evaluation.ReportSlice;
import io.minigpt.evaluation.ScoredAnswer;
import io.minigpt.proto.training.v1.EvaluationFinished;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The report of an evaluation. */
@Schema(name = "EvaluationReport")
record ReportView(
        @Schema(description = "One for each set, label and temperature")
        List<SliceView> slices) {

    /** Answers of one set, label and temperature. */
    @Schema(name = "ReportSlice")
    record SliceView(
            @Schema(description = "Evaluation set") String set,

            @Schema(description = "What the model knows of the items: trained, unseen, ...")
            String label,

            @Schema(description = "Sampling temperature; 0 is greedy")
            double temperature,

            @Schema(description = "How many answers") int answers,

            @Schema(description = "Means of the scores, and those of the set, by name")
            Map<String, Double> figures,

            @Schema(description = "Of ROUGE-L, repetition and perplexity, as far as they were taken")
            List<HistogramView> histograms,

            @Schema(description = "The analysis: characters, repetition, content, time")
            List<HeadView> heads,

            @Schema(description = "Answers with the highest ROUGE-L, the best first")
            List<AnswerView> best,

            @Schema(description = "Answers with the lowest ROUGE-L, the worst first")
            List<AnswerView> worst) {

        static SliceView of(ReportSlice slice, EvaluationFinished evaluation) {
            return new SliceView(
                    slice.set(),
                    slice.label(),
                    slice.temperature(),
                    slice.answers(),
                    slice.figures(),
                    slice.histograms().stream().map(HistogramView::of).toList(),
                    slice.heads().stream().map(HeadView::of).toList(),
                    slice.best().stream()
                            .map(answer -> AnswerView.of(answer, evaluation))
                            .toList(),
                    slice.worst().stream()
                            .map(answer -> AnswerView.of(answer, evaluation))
                            .toList());
        }
    }

    /** How often a score lies where. */
    @Schema(name = "ReportHistogram")
    record HistogramView(
            @Schema(description = "The score") String metric,

            @Schema(description = "Mean of all") double mean,

            @Schema(description = "Ends of the bins, one more than bins")
            List<Double> edges,

            @Schema(description = "Answers in each bin") List<Integer> counts) {

        static HistogramView of(Histogram histogram) {
            return new HistogramView(histogram.metric(), histogram.mean(), histogram.edges(), histogram.counts());
        }
    }

    /** One head of the analysis. */
    @Schema(name = "ReportHead")
    record HeadView(
            @Schema(
                    description = "What it is about",
                    enumeration = {"characters", "repetition", "content", "time"})
            String title,

            @Schema(description = "What it rests on, by name")
            Map<String, Double> figures,

            @Schema(description = "The same in a sentence") String finding) {

        static HeadView of(ReportHead head) {
            return new HeadView(head.title(), head.figures(), head.finding());
        }
    }

    /** One answer. */
    @Schema(name = "ReportAnswer")
    record AnswerView(
            @Schema(description = "Record, or line of a file of questions")
            String id,

            @Schema(description = "What was asked") String question,

            @Schema(description = "What was answered") String answer,

            @Schema(description = "The right answer; null if it is not known", nullable = true)
            String reference,

            @Schema(description = "Scores by name") Map<String, Double> scores,

            @Schema(
                    description = "Address of the records of the dataset version that are nearest to the question; null"
                            + " without a dataset version",
                    nullable = true)
            String nearest,

            @Schema(
                    description =
                            "The training records that were nearest to question and answer, the most similar first")
            List<RecordView> nearestRecords,

            @Schema(
                    description = "Why these could not be had; null if they could, or were not looked for",
                    nullable = true)
            String nearestMissing) {

        static AnswerView of(ScoredAnswer answer, EvaluationFinished evaluation) {
            return new AnswerView(
                    answer.id(),
                    answer.question(),
                    answer.answer(),
                    answer.reference().orElse(null),
                    answer.scores(),
                    evaluation.getDatasetVersion() == 0 ? null : nearest(answer, evaluation),
                    answer.nearest().records().stream().map(RecordView::of).toList(),
                    answer.nearest().missing().orElse(null));
        }

        private static String nearest(ScoredAnswer answer, EvaluationFinished evaluation) {
            return "/api/datasets/" + evaluation.getDataset() + "/versions/" + evaluation.getDatasetVersion()
                    + "/nearest?question=" + URLEncoder.encode(answer.question(), StandardCharsets.UTF_8);
        }
    }

    /** A training record. */
    @Schema(name = "ReportRecord")
    record RecordView(
            @Schema(description = "Its id, as in /api/datasets/records/{id}")
            String id,

            @Schema(description = "How much of the trigrams of question and answer it has, 0 to 1")
            double similarity,

            @Schema(description = "What a model that learned its dataset version knows of it: trained, unseen, ...")
            String label,

            @Schema(description = "The beginning of its question")
            String question,

            @Schema(description = "The beginning of its answer")
            String answer) {

        static RecordView of(NearRecord record) {
            return new RecordView(record.id(), record.similarity(), record.label(), record.question(), record.answer());
        }
    }

    static ReportView of(EvaluationReport report, EvaluationFinished evaluation) {
        return new ReportView(report.slices().stream()
                .map(slice -> SliceView.of(slice, evaluation))
                .toList());
    }
}
