package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrictJsonTest {

    private static final Set<String> KNOWN = Set.of("text", "id");

    private final StrictJson json = new StrictJson(8);

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(RejectReason.NOT_JSON, "nonsense", "not JSON: Unrecognized token 'nonsense'"),
                refused(RejectReason.NOT_JSON, "{\"text\": \"a\"", "not JSON: Unexpected end-of-input"),
                refused(RejectReason.NOT_JSON, "{\"m\": [1, 2", "not JSON: Unexpected end-of-input"),
                refused(RejectReason.NOT_JSON, "{\"m\": 01}", "not JSON: Invalid numeric value"),
                refused(RejectReason.NOT_JSON, "{\"text\": \"a\tb\"}", "not JSON: Illegal unquoted character"),
                refused(RejectReason.NOT_AN_OBJECT, "[\"text\"]", "not a JSON object"),
                refused(RejectReason.NOT_AN_OBJECT, "\"text\"", "not a JSON object"),
                refused(RejectReason.MORE_THAN_ONE_VALUE, "{} {}", "more than one JSON value on the line"),
                refused(
                        RejectReason.DUPLICATE_KEY,
                        "{\"text\": \"a\", \"text\": \"b\"}",
                        "the key 'text' stands twice"),
                refused(
                        RejectReason.DUPLICATE_KEY,
                        "{\"m\": [{\"x\": 1, \"\\u0078\": 2}]}",
                        "the key 'x' stands twice"),
                refused(RejectReason.NOT_A_NUMBER, "{\"text\": NaN}", "JSON has no number NaN"),
                refused(RejectReason.NOT_A_NUMBER, "{\"m\": [-Infinity]}", "JSON has no number -Infinity"),
                refused(
                        RejectReason.NUMBER_TOO_LONG,
                        "{\"m\": " + "9".repeat(1001) + "}",
                        "a number has more than 1000"),
                refused(RejectReason.NUL, "{\"text\": \"a\\u0000b\"}", "a string holds the character U+0000"),
                refused(RejectReason.NUL, "{\"text\": \"a\0b\"}", "the character U+0000 at byte 12"),
                refused(RejectReason.LONE_SURROGATE, "{\"text\": \"a\\ud800\"}", "a string holds half of a surrogate"),
                refused(RejectReason.LONE_SURROGATE, "{\"m\": [\"\\udc00\"]}", "a string holds half of a surrogate"),
                refused(RejectReason.LONE_SURROGATE, "{\"\\ud800\": 1}", "a string holds half of a surrogate"),
                refused(RejectReason.TOO_DEEP, nested(8), "nested deeper than 8"),
                refused(RejectReason.TOO_DEEP, nested(100_000), "nested deeper than 8"),
                refused(RejectReason.FIELD_TYPE, "{\"text\": {\"a\": 1}}", "'text' is not a string"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("refused")
    void refusesWithAReason(RejectReason reason, String line, String message) {
        assertThatExceptionOfType(RefusedLineException.class)
                .isThrownBy(() -> json.object(line.getBytes(StandardCharsets.UTF_8), KNOWN))
                .withMessageStartingWith(message)
                .extracting(RefusedLineException::reason)
                .isEqualTo(reason);
    }

    @Test
    void refusesMalformedUtf8InsteadOfReplacingIt() {
        // U+D800 in the form that UTF-8 forbids
        byte[] line = "{\"text\": \"x??\"}".getBytes(StandardCharsets.UTF_8);
        line[10] = (byte) 0xED;
        line[11] = (byte) 0xA0;
        line[12] = (byte) 0x80;

        assertThatExceptionOfType(RefusedLineException.class)
                .isThrownBy(() -> json.object(line, KNOWN))
                .withMessageStartingWith("not valid UTF-8 at byte 11")
                .extracting(RefusedLineException::reason)
                .isEqualTo(RejectReason.INVALID_UTF8);
    }

    @Test
    void keepsWhatItDoesNotKnowAsItWasWritten() throws RefusedLineException {
        String line =
                "{\"id\": 17, \"n\": 1e400, \"f\": 0.10, \"o\": {\"k\": [true, null, \"\\ud83d\\ude00\"]}, \"text\":\"a\"}";

        Fields fields = json.object(line.getBytes(StandardCharsets.UTF_8), KNOWN);

        assertThat(fields.required("text")).isEqualTo("a");
        assertThat(fields.id("id")).isEqualTo("17");
        assertThat(fields.rest()).isEqualTo("{\"n\":1e400,\"f\":0.10,\"o\":{\"k\":[true,null,\"😀\"]}}");
    }

    @Test
    void takesTheDeepestNestingThatIsAllowed() throws RefusedLineException {
        Fields fields = json.object(nested(7).getBytes(StandardCharsets.UTF_8), KNOWN);

        assertThat(fields.rest()).isEqualTo("{\"m\":" + "[".repeat(7) + "]".repeat(7) + "}");
    }

    private static String nested(int depth) {
        return "{\"m\": " + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    private static Arguments refused(RejectReason reason, String line, String message) {
        return Arguments.of(reason, line, message);
    }
}
