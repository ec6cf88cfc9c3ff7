package io.minigpt.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.local.demo.PipelineRun.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The figures of a step that are worth showing, in a few words. */
final class StepDetails {
    /** Name of the metric among those of an evaluation. */
    static final String ROUGE_L = "rouge_l";

    private StepDetails() {}

    static String text(Step step) {
        JsonNode details = step.details();
        List<String> parts = new ArrayList<>();
        switch (step.name()) {
            case "generate" -> {
                count(details, "pairs", "pairs").ifPresent(parts::add);
                positive(details, "reused", "documents reused").ifPresent(parts::add);
                positive(details, "failed", "documents failed").ifPresent(parts::add);
                positive(details, "teacherCalls", "teacher calls").ifPresent(parts::add);
            }
            case "augment" -> {
                count(details, "variants", "variants").ifPresent(parts::add);
                positive(details, "reused", "questions reused").ifPresent(parts::add);
                positive(details, "short", "questions with fewer").ifPresent(parts::add);
            }
            case "freeze-pretraining", "freeze-sft" -> {
                version(details, "dataset").ifPresent(parts::add);
                count(details, "trainRecords", "training records").ifPresent(parts::add);
                count(details, "trainTokens", "tokens").ifPresent(parts::add);
                count(details, "validationRecords", "held out").ifPresent(parts::add);
            }
            case "pretrain", "fine-tune" -> {
                version(details, "model").ifPresent(parts::add);
                figure(details, "loss", "loss").ifPresent(parts::add);
                figure(details, "validationLoss", "validation").ifPresent(parts::add);
            }
            case "evaluate", "evaluate-base" -> {
                for (JsonNode metric : details.path("metrics")) {
                    if (metric.path("name").asText().equals(ROUGE_L)) {
                        parts.add(rougeL(metric));
                    }
                }
            }
            case "deploy", "deploy-base" -> {
                version(details, "model").ifPresent(parts::add);
                text(details, "alias").map(alias -> "@" + alias).ifPresent(parts::add);
            }
            default -> {
                // a step that this program does not know shows its count only
            }
        }
        return String.join(", ", parts);
    }

    /** Such as {@code ROUGE-L curated 0.831}. */
    private static String rougeL(JsonNode metric) {
        return String.format(
                Locale.ROOT,
                "ROUGE-L %s %.3f",
                metric.path("set").asText(),
                metric.path("value").asDouble());
    }

    private static Optional<String> count(JsonNode details, String field, String what) {
        return Optional.of(details.path(field))
                .filter(JsonNode::isNumber)
                .map(number -> String.format(Locale.ROOT, "%,d %s", number.asLong(), what));
    }

    private static Optional<String> positive(JsonNode details, String field, String what) {
        return details.path(field).asLong() > 0 ? count(details, field, what) : Optional.empty();
    }

    private static Optional<String> figure(JsonNode details, String field, String what) {
        return Optional.of(details.path(field))
                .filter(JsonNode::isNumber)
                .map(number -> String.format(Locale.ROOT, "%s %.3f", what, number.asDouble()));
    }

    private static Optional<String> text(JsonNode details, String field) {
        return Optional.of(details.path(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    private static Optional<String> version(JsonNode details, String field) {
        return text(details, field)
                .map(name -> details.path("version").isNumber()
                        ? name + ":" + details.path("version").asText()
                        : name);
    }
}
