package io.minigpt.teacher.openai;

import static io.minigpt.platform.testkit.ScriptedEndpoint.cut;
import static io.minigpt.platform.testkit.ScriptedEndpoint.fail;
import static io.minigpt.platform.testkit.ScriptedEndpoint.hang;
import static io.minigpt.platform.testkit.ScriptedEndpoint.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.platform.testkit.ScriptedEndpoint;
import io.minigpt.teacher.FatalTeacherException;
import io.minigpt.teacher.PairParser;
import io.minigpt.teacher.Promise;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.QuestionsRequest;
import io.minigpt.teacher.RetryPolicy;
import io.minigpt.teacher.RetryableTeacherException;
import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.VariantsRequest;
import io.minigpt.teacher.testing.SamplePrompts;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiTeacherTest {

    private static final String KEY = "sk-very-secret-123";
    private static final Prompts PROMPTS = SamplePrompts.load();
    private static final QuestionsRequest QUESTIONS = QuestionsRequest.first(
            "灯塔位于海边。{{hint}} \\$1", "灯塔", 5, PROMPTS.questions().version());

    @Test
    void sendsThePromptAndReturnsTheReplyAsItCame() throws InterruptedException {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(say("好的：\n{\"question\": \"问？\", \"answer\": \"答。\"}"));
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.LINES)) {
            TeacherReply reply = teacher.ask(QUESTIONS);

            assertThat(reply.rawText()).isEqualTo("好的：\n{\"question\": \"问？\", \"answer\": \"答。\"}");
            assertThat(reply.tokensIn()).isEqualTo(120);
            assertThat(reply.tokensOut()).isEqualTo(34);
            assertThat(reply.model()).isEqualTo("scripted-model");
            assertThat(reply.latency()).isPositive();
            ScriptedEndpoint.Received received = endpoint.received().getFirst();
            assertThat(received.path()).isEqualTo("/v1/chat/completions");
            assertThat(received.authorization()).isEqualTo("Bearer " + KEY);
            JsonNode body = received.body();
            assertThat(body.path("model").asText()).isEqualTo("test-model");
            assertThat(body.path("temperature").asDouble()).isEqualTo(0.7);
            assertThat(body.path("seed").asLong()).isEqualTo(42);
            assertThat(body.path("max_tokens").asInt()).isEqualTo(800);
            assertThat(body.has("response_format")).isFalse();
            assertThat(body.path("messages").path(0).path("role").asText()).isEqualTo("system");
            assertThat(body.path("messages").path(1).path("content").asText())
                    .contains("标题：灯塔")
                    .contains("灯塔位于海边。{{hint}} \\$1");
        }
    }

    @Test
    void readsPairsOutOfTalkAroundTheJson() throws InterruptedException {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(
                        say("当然可以！\n```json\n1. {\"question\": \"灯塔位于哪里？\", \"answer\": \"海边。\"}\n```\n希望有用。"));
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.LINES)) {
            TeacherReply reply = teacher.ask(QUESTIONS);

            assertThat(PairParser.parse(reply.rawText()).candidates())
                    .singleElement()
                    .satisfies(pair -> assertThat(pair.question()).isEqualTo("灯塔位于哪里？"));
        }
    }

    @Test
    void asksForASchemaWhereConfigured() throws InterruptedException {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(say("{\"variants\": []}"));
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.JSON_SCHEMA)) {
            teacher.ask(VariantsRequest.first(
                    "灯塔在哪里？", "海边。", 10, PROMPTS.variants().version()));

            JsonNode format = endpoint.received().getFirst().body().path("response_format");
            assertThat(format.path("type").asText()).isEqualTo("json_schema");
            JsonNode schema = format.path("json_schema").path("schema");
            assertThat(schema.path("required").path(0).asText()).isEqualTo("variants");
            assertThat(schema.at("/properties/variants/items/required/0").asText())
                    .isEqualTo("question");
        }
    }

    @Test
    void secondAttemptCarriesTheHintAndAnotherSeed() throws InterruptedException {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(say(""));
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.LINES)) {
            TeacherReply reply = teacher.ask(QUESTIONS.again(2, List.of("灯塔位于哪里？"), "数量不够。"));

            assertThat(reply.rawText()).isEmpty();
            JsonNode body = endpoint.received().getFirst().body();
            assertThat(body.path("seed").asLong()).isEqualTo(43);
            assertThat(body.path("messages").path(1).path("content").asText())
                    .contains("- 灯塔位于哪里？")
                    .contains("输出2行")
                    .endsWith("数量不够。");
        }
    }

    @Test
    void rateLimitSaysHowLongToWait() {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(fail(429, "slow down", "Retry-After", "7"));
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.LINES)) {
            RetryableTeacherException failure =
                    catchThrowableOfType(RetryableTeacherException.class, () -> teacher.ask(QUESTIONS));

            assertThat(failure.kind()).isEqualTo(RetryableTeacherException.Kind.RATE_LIMITED);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(failure.status()).hasValue(429);
            assertThat(failure).hasMessageContaining(endpoint.url().toString()).hasMessageContaining("slow down");
            assertThat(endpoint.received())
                    .as("the client's own retries are off")
                    .hasSize(1);
        }
    }

    @Test
    void retryAfterMayBeADate() {
        String inAMinute = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60));
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(fail(503, "busy", "Retry-After", inAMinute));
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.LINES)) {
            RetryableTeacherException failure =
                    catchThrowableOfType(RetryableTeacherException.class, () -> teacher.ask(QUESTIONS));

            assertThat(failure.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(61));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 500, 502, 503})
    void serverErrorsAreRetryable(int status) {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(fail(status, "out of memory"));
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.LINES)) {
            RetryableTeacherException failure =
                    catchThrowableOfType(RetryableTeacherException.class, () -> teacher.ask(QUESTIONS));

            assertThat(failure.kind()).isEqualTo(RetryableTeacherException.Kind.SERVER_ERROR);
            assertThat(failure.retryAfter()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"401, UNAUTHORIZED", "403, UNAUTHORIZED", "404, NOT_FOUND", "400, BAD_REQUEST", "422, BAD_REQUEST"})
    void clientErrorsAreFatalAndNeverShowTheKey(int status, FatalTeacherException.Kind kind) {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(fail(status, "no good with key " + KEY));
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.LINES)) {
            FatalTeacherException failure =
                    catchThrowableOfType(FatalTeacherException.class, () -> teacher.ask(QUESTIONS));

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.status()).hasValue(status);
            assertThat(failure).hasMessageContaining(endpoint.url().toString()).hasNoCause();
            assertThat(failure.getMessage()).doesNotContain(KEY);
        }
    }

    @Test
    void aSlowReplyTimesOut() {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(hang(Duration.ofSeconds(30)));
                OpenAiTeacher teacher = new OpenAiTeacher(
                        settings(endpoint.url(), Duration.ofMillis(300), ReplyFormat.LINES), PROMPTS)) {
            RetryableTeacherException failure =
                    catchThrowableOfType(RetryableTeacherException.class, () -> teacher.ask(QUESTIONS));

            assertThat(failure.kind()).isEqualTo(RetryableTeacherException.Kind.TIMEOUT);
            assertThat(failure.status()).isEmpty();
        }
    }

    @Test
    void aCutConnectionIsRetryable() {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(cut());
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.LINES)) {
            RetryableTeacherException failure =
                    catchThrowableOfType(RetryableTeacherException.class, () -> teacher.ask(QUESTIONS));

            assertThat(failure.kind()).isEqualTo(RetryableTeacherException.Kind.CUT);
        }
    }

    @Test
    void aReplyThatIsNoCompletionIsRetryable() {
        try (ScriptedEndpoint endpoint =
                        new ScriptedEndpoint(new ScriptedEndpoint.Step.Fail(200, "<html>login</html>", Map.of()));
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.LINES)) {
            RetryableTeacherException failure =
                    catchThrowableOfType(RetryableTeacherException.class, () -> teacher.ask(QUESTIONS));

            assertThat(failure.kind()).isEqualTo(RetryableTeacherException.Kind.CUT);
        }
    }

    @Test
    void aClosedPortIsUnreachable() {
        ScriptedEndpoint endpoint = new ScriptedEndpoint(say(""));
        URI gone = endpoint.url();
        endpoint.close();
        try (OpenAiTeacher teacher =
                new OpenAiTeacher(settings(gone, Duration.ofSeconds(5), ReplyFormat.LINES), PROMPTS)) {
            RetryableTeacherException failure =
                    catchThrowableOfType(RetryableTeacherException.class, () -> teacher.ask(QUESTIONS));

            assertThat(failure.kind()).isEqualTo(RetryableTeacherException.Kind.UNREACHABLE);
        }
    }

    @Test
    void anInterruptAbandonsTheCall() throws Exception {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(hang(Duration.ofSeconds(60)));
                OpenAiTeacher teacher = new OpenAiTeacher(
                        settings(endpoint.url(), Duration.ofSeconds(60), ReplyFormat.LINES), PROMPTS)) {
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    outcome.complete(new AssertionError("replied: " + teacher.ask(QUESTIONS)));
                } catch (InterruptedException | RuntimeException e) {
                    outcome.complete(e);
                }
            });
            awaitRequest(endpoint);

            caller.interrupt();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void retriesUntilItWorks() throws InterruptedException {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(fail(500, "once"), cut(), say("done"));
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.LINES)) {
            RetryPolicy policy = new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(1));

            TeacherReply reply = policy.wrap(teacher).ask(QUESTIONS);

            assertThat(reply.rawText()).isEqualTo("done");
            assertThat(reply.retries()).isEqualTo(2);
            assertThat(endpoint.received()).hasSize(3);
        }
    }

    @Test
    void refusesAPromptVersionThatIsNotLoaded() {
        try (ScriptedEndpoint endpoint = new ScriptedEndpoint(say(""));
                OpenAiTeacher teacher = teacher(endpoint, ReplyFormat.LINES)) {
            assertThatThrownBy(() -> teacher.ask(QuestionsRequest.first("文字。", "", 5, "0123456789abcdef")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0123456789abcdef");
            assertThat(endpoint.received()).isEmpty();
        }
    }

    @Test
    void versionNamesWhatChangesTheReplies() {
        OpenAiSettings settings =
                settings(URI.create("http://localhost:1/v1"), Duration.ofSeconds(1), ReplyFormat.LINES);

        try (OpenAiTeacher teacher = new OpenAiTeacher(settings, PROMPTS)) {
            assertThat(teacher.version()).isEqualTo("openai:test-model,temperature=0.7,seed=42,max-tokens=800");
            assertThat(teacher.promise(QUESTIONS)).isEqualTo(Promise.exactly(5));
        }
        assertThat(settings.toString()).doesNotContain(KEY);
    }

    @Test
    void refusesABaseUrlWithAKeyInIt() {
        assertThatThrownBy(() ->
                        settings(URI.create("http://user:pass@localhost/v1"), Duration.ofSeconds(1), ReplyFormat.LINES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseUrl")
                .hasMessageNotContaining("pass@");
    }

    private static void awaitRequest(ScriptedEndpoint endpoint) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (endpoint.received().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        assertThat(endpoint.received()).isNotEmpty();
    }

    private static OpenAiTeacher teacher(ScriptedEndpoint endpoint, ReplyFormat format) {
        return new OpenAiTeacher(settings(endpoint.url(), Duration.ofSeconds(20), format), PROMPTS);
    }

    private static OpenAiSettings settings(URI url, Duration timeout, ReplyFormat format) {
        return new OpenAiSettings(
                "test",
                url,
                "test-model",
                KEY,
                timeout,
                OptionalDouble.of(0.7),
                OptionalLong.of(42),
                OptionalInt.of(800),
                format);
    }
}
