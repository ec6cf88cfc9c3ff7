package io.minigpt.tokenization.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.minigpt.tokenization.Label;
import io.minigpt.tokenization.RecordContent;

/** A line of an evaluation set: a question with its answer, or a text to be continued. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "question", "answer", "text", "label"})
record EvaluationLine(String id, String question, String answer, String text, String label) {

    static EvaluationLine of(RecordContent content, Label label) {
        return switch (content) {
            case RecordContent.Document document ->
                new EvaluationLine(document.id(), null, null, document.text(), label.text());
            case RecordContent.Pair pair ->
                new EvaluationLine(pair.id(), pair.question(), pair.answer(), null, label.text());
        };
    }
}
