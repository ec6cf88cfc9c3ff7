package io.minigpt.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.InvalidRequestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The lines of a file of questions: JSON objects with question and, where they are known, answer, id and label. */
public final class Question {

    /** Questions in a file at most. */
    public static final int MOST = 10_000;

    private static final int MOST_CHARACTERS = 20_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Question() {}

    /** Where checked lines go. */
    public interface Sink {
        void accept(String line) throws IOException;
    }

    /**
     * Checks a file and passes on its lines, without what nobody asks for. Empty lines are left out.
     *
     * @return how many questions there are
     * @throws InvalidRequestException naming the line that is wrong, or if there is none or there are too many
     */
    public static int check(BufferedReader lines, Sink checked) throws IOException {
        int number = 0;
        int questions = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                questions++;
                if (questions > MOST) {
                    throw new InvalidRequestException("a file has " + MOST + " questions at most, this one more");
                }
                checked.accept(check(number, line));
            }
        }
        if (questions == 0) {
            throw new InvalidRequestException("the file has no question; a line is {\"question\": \"...\"}");
        }
        return questions;
    }

    private static String check(int number, String line) throws JsonProcessingException {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException("line " + number + " is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!json.path("question").isTextual() || json.path("question").asText().isBlank()) {
            throw new InvalidRequestException("line " + number + " has no text as question");
        }
        Map<String, String> kept = new LinkedHashMap<>();
        for (String key : new String[] {"id", "question", "answer", "label"}) {
            JsonNode value = json.get(key);
            if (value != null && !value.isNull()) {
                if (!value.isTextual() || value.asText().length() > MOST_CHARACTERS) {
                    throw new InvalidRequestException("line " + number + ": " + key + " must be a text of at most "
                            + MOST_CHARACTERS + " characters");
                }
                kept.put(key, value.asText());
            }
        }
        return JSON.writeValueAsString(kept);
    }
}
