package io.minigpt.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer with its scores: one line of an evaluation's file of answers.
 *
 * @param id record, or line of a file of questions
 * @param set evaluation set
 * @param label what the model knows of the item: trained, unseen, ...
 * @param temperature sampling temperature; 0 is greedy
 * @param question what was asked, or the beginning of a text
 * @param answer what it answered, as it is shown
 * @param generated all that it generated before its end token, with what was cut as a repeat
 * @param reference the right answer, if one is known
 * @param tokens generated, the end token included
 * @param ended whether the model ended the answer itself
 * @param scores by name of the metric
 * @param nearest the training records nearest to question and answer
 */
public record ScoredAnswer(
        String id,
        String set,
        String label,
        double temperature,
        String question,
        String answer,
        String generated,
        Optional<String> reference,
        int tokens,
        boolean ended,
        Map<String, Double> scores,
        NearestRecords nearest) {

    private static final String NEAREST = "nearest";
    private static final String NEAREST_MISSING = "nearestMissing";
    private static final ObjectMapper JSON = new ObjectMapper();

    public ScoredAnswer {
        scores = new LinkedHashMap<>(scores);
    }

    /** The same with other records. */
    public ScoredAnswer withNearest(NearestRecords records) {
        return new ScoredAnswer(
                id, set, label, temperature, question, answer, generated, reference, tokens, ended, scores, records);
    }

    /** The answer as a line of JSON, without a line break; the scores stand beside the rest. */
    public String toLine() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", id);
        line.put("set", set);
        line.put("label", label);
        line.put("temperature", temperature);
        line.put("question", question);
        line.put("answer", answer);
        line.put("generated", generated);
        reference.ifPresent(right -> line.put("reference", right));
        line.put("tokens", tokens);
        line.put("ended", ended);
        line.putAll(scores);
        if (!nearest.records().isEmpty()) {
            line.put(NEAREST, nearest.records());
        }
        nearest.missing().ifPresent(reason -> line.put(NEAREST_MISSING, reason));
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer of texts and numbers is always JSON", e);
        }
    }

    /**
     * The inverse of {@link #toLine}. What older files lack is empty, and any other number is a score.
     *
     * @throws JsonProcessingException if the line is no JSON
     */
    public static ScoredAnswer parse(String line) throws JsonProcessingException {
        JsonNode json = JSON.readTree(line);
        Map<String, Double> scores = new LinkedHashMap<>();
        json.properties().forEach(property -> {
            boolean own =
                    property.getKey().equals("temperature") || property.getKey().equals("tokens");
            if (property.getValue().isNumber() && !own) {
                scores.put(property.getKey(), property.getValue().doubleValue());
            }
        });
        String answer = json.path("answer").asText();
        return new ScoredAnswer(
                json.path("id").asText(),
                json.path("set").asText(),
                json.path("label").asText(),
                json.path("temperature").doubleValue(),
                json.path("question").asText(),
                answer,
                json.path("generated").asText(answer),
                Optional.ofNullable(json.get("reference")).map(JsonNode::asText),
                json.path("tokens").intValue(),
                json.path("ended").booleanValue(),
                scores,
                nearest(json));
    }

    private static NearestRecords nearest(JsonNode line) {
        List<NearRecord> records = new ArrayList<>();
        for (JsonNode record : line.path(NEAREST)) {
            records.add(new NearRecord(
                    record.path("id").asText(),
                    record.path("similarity").asDouble(),
                    record.path("label").asText(),
                    record.path("question").asText(),
                    record.path("answer").asText()));
        }
        return new NearestRecords(
                records, Optional.ofNullable(line.get(NEAREST_MISSING)).map(JsonNode::asText));
    }
}
