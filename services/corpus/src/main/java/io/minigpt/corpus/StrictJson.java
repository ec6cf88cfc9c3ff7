package io.minigpt.corpus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads one JSON object from the bytes of a line and refuses everything else, each defect with its own reason. The time
 * is linear in the line.
 */
final class StrictJson {

    private static final int MAX_NUMBER = 1000;

    private final JsonFactory factory;
    private final int maxNesting;

    /** @param maxNesting deepest nesting of objects and arrays */
    StrictJson(int maxNesting) {
        this.maxNesting = maxNesting;
        // only the length of numbers is left to these limits: strings are limited by the line, nesting by ObjectReader
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(maxNesting + 1)
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .maxNumberLength(MAX_NUMBER)
                .build();
        // NaN and infinities are read, so that they can be refused by their own name
        factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
    }

    /**
     * The object on a line.
     *
     * @param known names of the fields that are wanted one by one; the others are kept together
     */
    Fields object(byte[] line, Set<String> known) throws RefusedLineException {
        CharBuffer text = decode(line);
        try (JsonParser parser = factory.createParser(text.array(), text.arrayOffset(), text.remaining())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusedLineException(RejectReason.NOT_AN_OBJECT, "not a JSON object");
            }
            Fields fields = new ObjectReader(parser, maxNesting, escapes(line)).read(known);
            if (parser.nextToken() != null) {
                throw new RefusedLineException(
                        RejectReason.MORE_THAN_ONE_VALUE, "more than one JSON value on the line");
            }
            return fields;
        } catch (StreamConstraintsException e) {
            throw new RefusedLineException(
                    RejectReason.NUMBER_TOO_LONG, "a number has more than " + MAX_NUMBER + " digits");
        } catch (JsonProcessingException e) {
            throw new RefusedLineException(
                    RejectReason.NOT_JSON,
                    "not JSON: " + e.getOriginalMessage()
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
        if (result.isError()) {
            throw new RefusedLineException(
                    RejectReason.INVALID_UTF8, "not valid UTF-8 at byte " + (bytes.position() + 1));
        }
        for (int i = 0; i < line.length; i++) {
            if (line[i] == 0) {
                throw new RefusedLineException(RejectReason.NUL, "the character U+0000 at byte " + (i + 1));
            }
        }
        return chars.flip();
    }

    private static boolean escapes(byte[] line) {
        for (byte b : line) {
            if (b == '\\') {
                return true;
            }
        }
        return false;
    }
}
