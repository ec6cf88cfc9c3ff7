package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.minigpt.platform.Ids;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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

    static Stream<Arguments> refusedLines() {
        return Stream.of(
                Arguments.of("nonsense", "not-json", "not JSON: Unrecognized token 'nonsense'"),
                Arguments.of("{\"title\": \"a\"}", "field-missing", "'text' is missing"),
                Arguments.of("{\"text\": null}", "field-missing", "'text' is missing"),
                Arguments.of("{\"text\": 5}", "field-type", "'text' is not a string"),
                Arguments.of("{\"text\": \"\"}", "field-blank", "'text' is blank"),
                Arguments.of("{\"text\": \" \\u3000\\u200b\"}", "field-blank", "'text' is blank"),
                Arguments.of("{\"text\": \"a\", \"id\": true}", "field-type", "'id' is not a string"),
                Arguments.of("{\"text\": \"a\", \"id\": \" \"}", "field-blank", "'id' is blank"),
                Arguments.of(
                        "{\"text\": \"a\", \"id\": \"" + "i".repeat(513) + "\"}",
                        "field-too-long",
                        "'id' is longer than 512 characters"),
                Arguments.of("{\"text\": \"" + "a".repeat(1000) + "\"}", "line-too-long", "longer than 1000 bytes"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("refusedLines")
    void refusesALineWithItsNumberAndReasonAndTakesTheRest(String line, String code, String reason) {
        documents("{\"text\": \"before\"}\n\n" + line + "\n{\"text\": \"after\"}\n");

        assertThat(ledger.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.line()).isEqualTo(3);
            assertThat(rejection.code()).isEqualTo(code);
            assertThat(rejection.reason()).startsWith(reason);
            assertThat(rejection.excerpt()).startsWith(line.substring(0, Math.min(8, line.length())));
        });
        assertThat(texts()).containsExactly("before", "after");
        assertThat(ledger.skipped()).isEqualTo(1);
    }

    @Test
    void anExcerptIsShortAndCanBeStored() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(0xFF);
        body.write(0);
        body.writeBytes("长".repeat(300).getBytes(StandardCharsets.UTF_8));

        documents(new ByteArrayInputStream(body.toByteArray()), 1000);

        assertThat(ledger.rejections())
                .containsExactly(new Rejection(
                        1, "invalid-utf8", "not valid UTF-8 at byte 1", "\uFFFD\uFFFD" + "长".repeat(118) + "…"));
    }

    @Test
    void keepsWhatTheLineSaysBesides() {
        documents(
                "{\"id\": 17, \"title\": \"太阳\", \"url\": \"http://x\", \"text\": \" a\\r\\nb\", \"year\": [1, null]}");

        Document document = ledger.documents().getFirst();
        assertThat(document)
                .isEqualTo(new Document(
                        Document.id(CORPUS, "17"),
                        "17",
                        "太阳",
                        "http://x",
                        "{\"year\":[1,null]}",
                        " a\r\nb",
                        "a\nb",
                        new Fingerprint(Ids.of(" a\r\nb", "normalisation-1"), Ids.of("a\nb"), List.of())));
        assertThat(document.characters()).isEqualTo(3);
    }

    @Test
    void readsQuestions() {
        questions("""
                {"id": "q1", "question": "太阳是什么？", "answer": "恒星。", "documentId": "sun"}
                {"question": "没有答案？"}
                {"question": " ", "answer": "a"}
                """);

        Question question = (Question) ledger.candidates().getFirst();
        assertThat(question.id()).isEqualTo(Question.id(CORPUS, "q1"));
        assertThat(question.answer()).isEqualTo("恒星。");
        assertThat(question.documentId()).isEqualTo(Document.id(CORPUS, "sun"));
        assertThat(question.metadata()).isEqualTo("{}");
        assertThat(ledger.rejections())
                .extracting(Rejection::reason)
                .containsExactly("'answer' is missing", "'question' is blank");
    }

    @Test
    void handsOverBatchesOfLinesAndOfBytes() {
        String small = IntStream.range(0, 7)
                .mapToObj(i -> "{\"text\": \"" + i + "\"}")
                .collect(Collectors.joining("\n", "", "\n"));
        String big = ("{\"text\": \"" + "b".repeat(900) + "\"}\n").repeat(4);

        documents(small + big);

        assertThat(ledger.batches.stream().map(batch -> batch.candidates().size()))
                .containsExactly(5, 5, 1);
    }

    @Test
    void knowsWhereEveryBatchEnds() {
        documents("{\"text\": \"0\"}\n".repeat(5) + "\r\n{\"text\": \"太\"}");

        assertThat(ledger.batches).extracting(Batch::end).containsExactly(new Position(5, 70), new Position(7, 87));
    }

    @Test
    void goesOnWhereABatchEnded() {
        String body = "{\"text\": \"0\"}\n".repeat(5) + "no\n{\"text\": \"太\"}";

        importer(1000)
                .read(
                        new ImportOrder("i", CORPUS, Kind.DOCUMENT),
                        new ByteArrayInputStream(body.substring(70).getBytes(StandardCharsets.UTF_8)),
                        new Position(5, 70),
                        ledger,
                        () -> {});

        assertThat(texts()).containsExactly("太");
        assertThat(ledger.rejections()).extracting(Rejection::line).containsExactly(6L);
        assertThat(ledger.batches.getLast().end()).isEqualTo(new Position(7, 88));
    }

    @Test
    void stopsWhenItIsToldTo() {
        AtomicInteger beats = new AtomicInteger();
        InputStream body =
                new ByteArrayInputStream("{\"text\": \"0\"}\n".repeat(50).getBytes(StandardCharsets.UTF_8));

        assertThatIllegalStateException()
                .isThrownBy(() -> importer(1000)
                        .read(new ImportOrder("i", CORPUS, Kind.DOCUMENT), body, Position.START, ledger, () -> {
                            if (beats.incrementAndGet() == 3) {
                                throw new IllegalStateException("stop");
                            }
                        }))
                .withMessage("stop");

        assertThat(texts()).hasSize(10);
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

        documents(broken, 1000);

        assertThat(ledger.brokenOff).contains("after line 2: connection reset");
        assertThat(texts()).containsExactly("a", "b");
        assertThat(ledger.rejections()).isEmpty();
        assertThat(ledger.ended).isTrue();
    }

    @Test
    void anIdIsAFunctionOfTheCorpusAndTheCallersIdOrTheOriginalText() {
        documents(
                "{\"text\": \"a\"}\n{\"text\": \" a\"}\n{\"id\": \"x\", \"text\": \"a\"}\n{\"id\": \"x\", \"text\": \"b\"}");

        List<Candidate> found = ledger.candidates();
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
        return new Importer(
                ledger,
                TestConfig.of(Map.of(
                        "max-nesting", "8", "batch-lines", "5", "batch-bytes", "4000", "max-line", "" + maxLine)));
    }

    private void documents(String body) {
        documents(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), 1000);
    }

    private void documents(InputStream body, int maxLine) {
        importer(maxLine).stream(CORPUS, Kind.DOCUMENT, body);
    }

    private void questions(String body) {
        importer(1000).stream(CORPUS, Kind.QUESTION, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> texts() {
        return ledger.documents().stream().map(Document::text).toList();
    }
}
