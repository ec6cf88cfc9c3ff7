package io.minigpt.tokenization.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.tokenization.Label;
import io.minigpt.tokenization.RecordContent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A line of an evaluation set: a question with its answer, or a text to be continued. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "question", "answer", "text", "label"})
public record EvaluationLine(String id, String question, String answer, String text, String label) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Ids of the lines of a file, in order; closes it. */
    public static List<String> ids(InputStream file) throws IOException {
        List<String> ids = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line; (line = lines.readLine()) != null; ) {
                ids.add(JSON.readTree(line).path("id").asText());
            }
        }
        return ids;
    }

    static EvaluationLine of(RecordContent content, Label label) {
        return switch (content) {
            case RecordContent.Document document ->
                new EvaluationLine(document.id(), null, null, document.text(), label.text());
            case RecordContent.Pair pair ->
                new EvaluationLine(pair.id(), pair.question(), pair.answer(), null, label.text());
        };
    }
}
