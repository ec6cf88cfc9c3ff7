package io.minigpt.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * Reads one JSON object from the bytes of a line and refuses everything else: malformed UTF-8, duplicate keys, deep
 * nesting, anything behind the object, and characters that no text has (NUL and halves of surrogate pairs).
 */
final class StrictJson {

    private final ObjectMapper mapper;

    /** @param maxNesting deepest nesting of objects and arrays */
    StrictJson(int maxNesting) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(maxNesting)
                .maxStringLength(Integer.MAX_VALUE)
                .build();
        mapper = new ObjectMapper(JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
    }

    ObjectNode object(byte[] line) throws RefusedLineException {
        CharBuffer text = decode(line);
        try (JsonParser parser = mapper.getFactory().createParser(text.array(), text.arrayOffset(), text.remaining())) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new RefusedLineException("not a JSON object");
            }
            ObjectNode object = mapper.readTree(parser);
            if (parser.nextToken() != null) {
                throw new RefusedLineException("more than one JSON value on the line");
            }
            checkText(object);
            return object;
        } catch (JsonProcessingException e) {
            throw new RefusedLineException("not JSON: " + e.getOriginalMessage()
                    + (e.getLocation() == null
                            ? ""
                            : " (column " + e.getLocation().getColumnNr() + ")"));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static CharBuffer decode(byte[] line) throws RefusedLineException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(line);
        // UTF-8 never has more UTF-16 units than bytes
        CharBuffer chars = CharBuffer.allocate(line.length);
        CoderResult result = decoder.decode(bytes, chars, true);
        try {
            if (result.isError()) {
                result.throwException();
            }
        } catch (CharacterCodingException e) {
            throw new RefusedLineException("not valid UTF-8 at byte " + (bytes.position() + 1));
        }
        return chars.flip();
    }

    private static void checkText(JsonNode node) throws RefusedLineException {
        if (node.isTextual()) {
            checkText(node.textValue());
        }
        if (node instanceof ObjectNode object) {
            for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
                checkText(names.next());
            }
        }
        for (JsonNode child : node) {
            checkText(child);
        }
    }

    private static void checkText(String text) throws RefusedLineException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new RefusedLineException("a string holds the character U+0000");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new RefusedLineException("a string holds half of a surrogate pair");
                }
                i++;
            }
        }
    }
}
