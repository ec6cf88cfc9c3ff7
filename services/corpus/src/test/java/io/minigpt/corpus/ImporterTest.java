package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImporterTest {

    private static final CorpusName CORPUS = new CorpusName("test");

    private final MemoryLedger ledger = new MemoryLedger();

    private record Settings(int maxNesting, int batchLines, int maxRejections, int maxLineBytes, int batchSize)
            implements CorpusConfig {

        @Override
        public MemorySize maxBodySize() {
            return size(Integer.MAX_VALUE);
        }

        @Override
        public MemorySize maxLine() {
            return size(maxLineBytes);
        }

        @Override
        public MemorySize batchBytes() {
            return size(batchSize);
        }

        private static MemorySize size(long bytes) {
            return new MemorySize(BigInteger.valueOf(bytes));
        }
    }

    static Stream<Arguments> refusedLines() {
        return Stream.of(
                Arguments.of("nonsense", "not JSON: Unrecognized token 'nonsense'"),
                Arguments.of("{\"text\": \"a\"", "not JSON: Unexpected end-of-input"),
                Arguments.of("[\"text\"]", "not a JSON object"),
                Arguments.of("\"text\"", "not a JSON object"),
                Arguments.of("{\"text\": \"a\"} {\"text\": \"b\"}", "more than one JSON value on the line"),
                Arguments.of("{\"text\": \"a\", \"text\": \"b\"}", "not JSON: Duplicate field 'text'"),
                Arguments.of("{\"text\": \"a\", \"m\": {\"x\": 1, \"x\": 2}}", "not JSON: Duplicate field 'x'"),
                Arguments.of("{\"text\": NaN}", "not JSON: Non-standard token 'NaN'"),
                Arguments.of("{\"title\": \"a\"}", "'text' is missing"),
                Arguments.of("{\"text\": null}", "'text' is missing"),
                Arguments.of("{\"text\": 5}", "'text' is not a string"),
                Arguments.of("{\"text\": \"\"}", "'text' is blank"),
                Arguments.of("{\"text\": \" \\u3000\\u200b\"}", "'text' is blank"),
                Arguments.of("{\"text\": \"a\", \"id\": true}", "'id' is not a string"),
                Arguments.of("{\"text\": \"a\", \"id\": \" \"}", "'id' is blank"),
                Arguments.of(
                        "{\"text\": \"a\", \"id\": \"" + "i".repeat(513) + "\"}", "'id' is longer than 512 characters"),
                Arguments.of("{\"text\": \"a\\u0000b\"}", "a string holds the character U+0000"),
                Arguments.of("{\"text\": \"a\\ud800\"}", "a string holds half of a surrogate pair"),
                Arguments.of("{\"text\": \"a\", \"m\": [\"\\udc00\"]}", "a string holds half of a surrogate pair"),
                Arguments.of("{\"text\": \"" + "a".repeat(1000) + "\"}", "longer than 1000 bytes"),
                Arguments.of(
                        "{\"text\": \"a\", \"m\": " + "[".repeat(20) + "]".repeat(20) + "}",
                        "not JSON: Document nesting depth (9) exceeds the maximum allowed (8"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusedLines")
    void refusesALineWithItsNumberAndReasonAndTakesTheRest(String line, String reason) {
        ImportReport report = documents("{\"text\": \"before\"}\n\n" + line + "\n{\"text\": \"after\"}\n")
                .report();

        assertThat(report.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.line()).isEqualTo(3);
            assertThat(rejection.reason()).startsWith(reason);
        });
        assertThat(texts()).containsExactly("before", "after");
        assertThat(report.accepted()).isEqualTo(2);
        assertThat(report.skipped()).isEqualTo(1);
        assertThat(report.rejected()).isEqualTo(1);
    }

    @Test
    void refusesMalformedUtf8InsteadOfReplacingIt() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"text\": \"太".getBytes(StandardCharsets.UTF_8));
        body.write(0xFF);
        body.writeBytes("\"}\n{\"text\": \"ok\"}".getBytes(StandardCharsets.UTF_8));

        ImportReport report =
                documents(new ByteArrayInputStream(body.toByteArray()), 1000).report();

        assertThat(report.rejections()).containsExactly(new Rejection(1, "not valid UTF-8 at byte 14"));
        assertThat(texts()).containsExactly("ok");
    }

    @Test
    void refusesHalfASurrogatePairWrittenAsUtf8() {
        byte[] body = "{\"text\": \"x??\"}".getBytes(StandardCharsets.UTF_8);
        // U+D800 in the form that UTF-8 forbids
        body[10] = (byte) 0xED;
        body[11] = (byte) 0xA0;
        body[12] = (byte) 0x80;

        ImportReport report = documents(new ByteArrayInputStream(body), 1000).report();

        assertThat(report.rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(rejection.reason()).startsWith("not valid UTF-8 at byte 11"));
    }

    @Test
    void keepsWhatTheLineSaysBesides() {
        documents(
                "{\"id\": 17, \"title\": \"太阳\", \"url\": \"http://x\", \"text\": \" a\\r\\nb\", \"year\": [1, null]}");

        Document document = (Document) ledger.batches.getFirst().getFirst();
        assertThat(document)
                .isEqualTo(new Document(
                        Document.id(CORPUS, "17"), "17", "太阳", "http://x", "{\"year\":[1,null]}", " a\r\nb", "a\nb"));
        assertThat(document.characters()).isEqualTo(3);
    }

    @Test
    void readsQuestions() {
        ImportReport report = questions("""
                        {"id": "q1", "question": "太阳是什么？", "answer": "恒星。", "documentId": "sun"}
                        {"question": "没有答案？"}
                        {"question": " ", "answer": "a"}
                        """).report();

        assertThat(ledger.batches.getFirst())
                .isEqualTo(List.of(new Question(
                        Question.id(CORPUS, "q1"), "q1", "太阳是什么？", "恒星。", Document.id(CORPUS, "sun"), "{}")));
        assertThat(report.rejections())
                .containsExactly(new Rejection(2, "'answer' is missing"), new Rejection(3, "'question' is blank"));
    }

    @Test
    void handsOverBatchesOfLinesAndOfBytes() {
        String small = IntStream.range(0, 7)
                .mapToObj(i -> "{\"text\": \"" + i + "\"}")
                .collect(Collectors.joining("\n", "", "\n"));
        String big = ("{\"text\": \"" + "b".repeat(900) + "\"}\n").repeat(4);

        documents(small + big);

        assertThat(ledger.batches.stream().map(List::size)).containsExactly(5, 5, 1);
    }

    @Test
    void countsAllRefusedLinesAndListsTheFirst() {
        ImportReport report = documents("x\n".repeat(30)).report();

        assertThat(report.rejected()).isEqualTo(30);
        assertThat(report.rejections()).hasSize(10);
    }

    @Test
    void aBodyThatBreaksOffKeepsWhatCameBefore() {
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream(
                        "{\"text\": \"a\"}\n{\"text\": \"b\"}\n{\"te".getBytes(StandardCharsets.UTF_8)),
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }
                });

        ImportReport report = documents(broken, 1000).report();

        assertThat(report.brokenOff()).isEqualTo("after line 2: connection reset");
        assertThat(texts()).containsExactly("a", "b");
        assertThat(report.rejections()).isEmpty();
        assertThat(ledger.finished).isEqualTo(report);
    }

    @Test
    void anIdIsAFunctionOfTheCorpusAndTheCallersIdOrTheOriginalText() {
        documents(
                "{\"text\": \"a\"}\n{\"text\": \" a\"}\n{\"id\": \"x\", \"text\": \"a\"}\n{\"id\": \"x\", \"text\": \"b\"}");

        List<? extends Candidate> found = ledger.batches.getFirst();
        assertThat(found.get(0).id())
                .isEqualTo(Document.id(CORPUS, "a"))
                .isNotEqualTo(found.get(1).id());
        assertThat(found.get(0).contentHash()).isEqualTo(found.get(1).contentHash());
        assertThat(found.get(0).version()).isNotEqualTo(found.get(1).version());
        assertThat(found.get(2).id()).isEqualTo(found.get(3).id());
        assertThat(found.get(2).version())
                .isEqualTo(found.get(0).version())
                .isNotEqualTo(found.get(3).version());
        assertThat(Document.id(new CorpusName("other"), "a"))
                .isNotEqualTo(found.get(0).id());
    }

    private Importer importer(int maxLine) {
        return new Importer(ledger, new Settings(8, 5, 10, maxLine, 4000));
    }

    private ImportResult documents(String body) {
        return documents(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), 1000);
    }

    private ImportResult documents(InputStream body, int maxLine) {
        return importer(maxLine).documents(CORPUS, body);
    }

    private ImportResult questions(String body) {
        return importer(1000).questions(CORPUS, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> texts() {
        return ledger.batches.stream()
                .flatMap(List::stream)
                .map(candidate -> ((Document) candidate).text())
                .toList();
    }
}
