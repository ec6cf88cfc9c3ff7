package io.minigpt.data.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The texts of a file of JSON lines, in memory once however many documents and pairs are made of them.
 *
 * @param texts the field {@code text} of every line
 * @param bytes their size in UTF-8
 */
record SampleTexts(List<String> texts, long bytes) {

    static SampleTexts read(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> texts;
        try (Stream<String> lines = Files.lines(file)) {
            texts = lines.map(line -> text(json, line)).toList();
        }
        long bytes = texts.stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        return new SampleTexts(texts, bytes);
    }

    /** A document: each copy of a text begins with its number. */
    String document(long number) {
        return number / texts.size() + " " + texts.get((int) (number % texts.size()));
    }

    /** A piece of some text. */
    String piece(Random random, int shortest, int longest) {
        int length = random.nextInt(shortest, longest + 1);
        while (true) {
            String text = texts.get(random.nextInt(texts.size()));
            if (text.length() > length) {
                int start = random.nextInt(text.length() - length);
                String piece = text.substring(start, start + length);
                // half a pair of surrogates is no text
                if (piece.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE)) {
                    return piece;
                }
            }
        }
    }

    private static String text(ObjectMapper json, String line) {
        try {
            String text = json.readTree(line).path("text").asText();
            if (text.isEmpty()) {
                throw new IllegalArgumentException("a line of the corpus has no text");
            }
            return text;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a line of the corpus is no JSON: " + e.getMessage(), e);
        }
    }
}
