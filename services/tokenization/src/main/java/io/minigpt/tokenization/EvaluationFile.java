package io.minigpt.tokenization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minigpt.platform.InvalidRequestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an evaluation set: JSON lines with {@code question}, {@code answer} and, where the question is about a document
 * of the corpus, {@code documentId}, the id that the document was imported with. Other fields are left alone. Small
 * enough to be taken whole or not at all.
 */
public final class EvaluationFile {

    private static final int MOST_ITEMS = 10_000;
    private static final int LONGEST_TEXT = 10_000;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EvaluationFile() {}

    /**
     * A line.
     *
     * @param line its number, from 1
     * @param documentId the id that its document was imported with
     */
    public record Item(int line, String question, String answer, Optional<String> documentId) {}

    /**
     * Reads all lines; blank ones are skipped.
     *
     * @throws InvalidRequestException naming the line that cannot be taken
     */
    public static List<Item> read(InputStream in) throws IOException {
        List<Item> items = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        int number = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
            for (String line; (line = lines.readLine()) != null; ) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                Item item = item(number, line);
                Integer before = seen.put(item.question(), number);
                require(before == null, number, "asks what line " + before + " asks");
                items.add(item);
                require(items.size() <= MOST_ITEMS, number, "is more than the " + MOST_ITEMS + " that a set may have");
            }
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException("the file is no UTF-8 after line " + number, e);
        }
        if (items.isEmpty()) {
            throw new InvalidRequestException("the file has no questions");
        }
        return items;
    }

    private static Item item(int number, String line) {
        try {
            JsonNode json = JSON.readTree(line);
            require(json.isObject(), number, "is no JSON object");
            String question = text(json, "question", number);
            JsonNode documentId = json.path("documentId");
            require(
                    documentId.isMissingNode() || documentId.isNull() || documentId.isTextual(),
                    number,
                    "has a documentId that is no text");
            return new Item(
                    number,
                    question,
                    text(json, "answer", number),
                    Optional.of(documentId).filter(JsonNode::isTextual).map(JsonNode::asText));
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException("line " + number + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String text(JsonNode json, String field, int number) {
        JsonNode value = json.path(field);
        require(value.isTextual() && !value.asText().isBlank(), number, "has no " + field);
        String text = value.asText().strip();
        require(text.indexOf('\0') < 0, number, "has a NUL in its " + field);
        require(
                text.length() <= LONGEST_TEXT,
                number,
                "has a " + field + " of " + text.length() + " characters, more than " + LONGEST_TEXT);
        return text;
    }

    private static void require(boolean holds, int number, String what) {
        if (!holds) {
            throw new InvalidRequestException("line " + number + " " + what);
        }
    }
}
