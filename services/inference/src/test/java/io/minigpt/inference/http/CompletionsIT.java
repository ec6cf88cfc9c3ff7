package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.gpt.FinishReason;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.SftTemplate;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.inference.Registry;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.inference.ScriptedModels;
import io.minigpt.inference.Stage;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class CompletionsIT {

    private static final String[] PIECES = {"长城", "在中国", "北方 🏯", "。"};
    private static final String TEXT = String.join("", PIECES);
    private static boolean served;

    @TestHTTPResource("/")
    URI service;

    @Inject
    ScriptedModels models;

    private Caller caller;

    @BeforeEach
    void serve() {
        if (!served) {
            try (EventProbe probe = new EventProbe()) {
                new Registry(probe).serve("wall", Stage.SFT, PIECES);
                new Registry(probe).serve("wall-base", Stage.PRETRAIN, PIECES);
            }
            served = true;
        }
        models.forget();
        caller = new Caller(service);
    }

    @AfterEach
    void close() {
        caller.close();
    }

    @Test
    void aTextIsContinued() throws Exception {
        HttpResponse<String> response = caller.post("/v1/completions", """
                {"model": "wall", "prompt": "The Great Wall", "max_tokens": 7, "temperature": 0.5, "top_p": 0.9,
                 "top_k": 20, "seed": 5, "stop": ["。"], "repetition": "off", "user": "me", "logprobs": null,
                 "min_p": 0.1, "presence_penalty": 0.2, "frequency_penalty": -0.3, "repetition_penalty": 1.1,
                 "no_repeat_ngram": 3, "ban_invalid_utf8": false, "context_overflow": "stop", "deterministic": true}
                """);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = Caller.json(response);
        assertThat(answer.path("id").asText()).startsWith("cmpl-");
        assertThat(answer.path("object").asText()).isEqualTo("text_completion");
        assertThat(answer.path("created").asLong()).isPositive();
        assertThat(answer.path("model").asText()).isEqualTo("wall:1");
        assertThat(answer.path("choices")).hasSize(1);
        assertThat(answer.at("/choices/0/text").asText()).isEqualTo("长城在中国北方 🏯");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.at("/choices/0/stop_reason").asText()).isEqualTo("stop_text");
        assertThat(answer.path("usage")).isEqualTo(Caller.json("""
                {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7,
                 "prompt_characters": 14, "completion_characters": 9}"""));
        assertBegun(GenerationRequest.to(Tokenizer.gpt2().encode("The Great Wall"))
                .maxNewTokens(7)
                .temperature(0.5)
                .topP(0.9)
                .topK(20)
                .minP(0.1)
                .presencePenalty(0.2)
                .frequencyPenalty(-0.3)
                .repetitionPenalty(1.1)
                .noRepeatNgram(3)
                .seed(5)
                .stop("。")
                .repetition(RepetitionRule.NONE)
                .wellFormed(false)
                .deterministic(true));
    }

    @Test
    void whatACallerLeavesOutHasADefault() throws Exception {
        caller.post("/v1/completions", "{\"model\": \"wall\", \"prompt\": \"\"}");

        assertBegun(GenerationRequest.to(new int[] {Tokenizer.END_OF_TEXT})
                .temperature(0.01)
                .topK(200)
                .seed(1234)
                .overflow(ContextOverflow.SLIDE));
    }

    @Test
    void tokenIdsAreAPromptAndListsOfThemAreSeveral() throws Exception {
        JsonNode one = Caller.json(caller.post(
                "/v1/completions",
                "{\"model\": \"wall\", \"prompt\": [464, 3878], \"max_tokens\": 1, \"echo\": true}"));
        JsonNode two = Caller.json(caller.post(
                "/v1/completions", "{\"model\": \"wall\", \"prompt\": [[464], [3878]], \"max_tokens\": 1}"));

        assertThat(one.path("choices")).hasSize(1);
        assertThat(one.at("/choices/0/text").asText()).isEqualTo("The Great长城");
        assertThat(two.path("choices")).hasSize(2);
        assertThat(models.begun().poll().prompt()).containsExactly(464, 3878);
    }

    @Test
    void severalAnswersHaveSeedsOfTheirOwn() throws Exception {
        HttpResponse<String> response = caller.post("/v1/completions", """
                {"model": "wall", "prompt": "p", "n": 2, "seed": 8, "stream": true,
                 "stream_options": {"include_usage": true}}""");

        List<String> events = Caller.events(response.body());
        for (int index = 0; index < 2; index++) {
            int wanted = index;
            assertThat(events.subList(0, events.size() - 2).stream()
                            .map(event -> Caller.json(event).at("/choices/0"))
                            .filter(choice -> choice.path("index").asInt() == wanted)
                            .map(choice -> choice.path("text").asText())
                            .reduce("", String::concat))
                    .isEqualTo(TEXT);
        }
        assertThat(Caller.json(events.get(events.size() - 2))
                        .at("/usage/prompt_tokens")
                        .asInt())
                .isEqualTo(1);
        assertThat(models.begun().stream().map(request -> request.sampling().seed()))
                .containsExactly(8L, 9L);
    }

    @Test
    void probabilitiesComeWithTheTokens() throws Exception {
        String completion = "{\"model\": \"wall\", \"prompt\": \"p\", \"max_tokens\": 2, \"logprobs\": 1}";
        String chat = "{\"model\": \"wall\", \"max_tokens\": 2, \"logprobs\": true, \"top_logprobs\": 1,"
                + "\"messages\": [{\"role\": \"user\", \"content\": \"a\"}], \"stream\": true}";

        JsonNode whole = Caller.json(caller.post("/v1/completions", completion)).at("/choices/0/logprobs");
        List<String> chunks =
                Caller.events(caller.post("/v1/chat/completions", chat).body());

        // the first token of the first piece is a part of its first character
        assertThat(whole.at("/tokens/0").asText()).startsWith("bytes:\\x");
        assertThat(whole.at("/token_logprobs/1").asDouble()).isEqualTo(-Math.log(2));
        assertThat(whole.at("/top_logprobs/0")).hasSize(1);
        assertThat(whole.at("/text_offset/0").asInt()).isZero();
        assertThat(whole.path("text_offset")).hasSize(2);
        JsonNode token = Caller.json(chunks.get(1)).at("/choices/0/logprobs/content/0");
        assertThat(token.path("logprob").asDouble()).isEqualTo(-Math.log(2));
        assertThat(token.path("bytes")).isNotEmpty();
        assertThat(token.at("/top_logprobs/0/token")).isEqualTo(token.path("token"));
    }

    @Test
    void severalTextsAreContinuedEachWithItsEcho() throws Exception {
        HttpResponse<String> response = caller.post(
                "/v1/completions",
                "{\"model\": \"wall-base@champion\", \"prompt\": [\"a\", \"b\"], \"max_tokens\": 1, \"echo\": true}");

        JsonNode choices = Caller.json(response).path("choices");
        assertThat(choices).hasSize(2);
        assertThat(choices.at("/0/text").asText()).isEqualTo("a长城");
        assertThat(choices.at("/1/text").asText()).isEqualTo("b长城");
        assertThat(choices.at("/1/index").asInt()).isEqualTo(1);
        assertThat(choices.at("/1/finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void theLastMessageOfTheUserIsTheQuestion() throws Exception {
        HttpResponse<String> response = caller.post("/v1/chat/completions", """
                {"model": "wall:1", "max_completion_tokens": 9, "messages": [
                  {"role": "system", "content": "Be brief."},
                  {"role": "user", "content": "早"},
                  {"role": "assistant", "content": "早"},
                  {"role": "user", "content": [{"type": "text", "text": "长城在"}, {"type": "text", "text": "哪里？"}]}]}
                """);

        JsonNode answer = Caller.json(response);
        assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
        assertThat(answer.at("/choices/0/message/role").asText()).isEqualTo("assistant");
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo(TEXT);
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.at("/choices/0/stop_reason").asText()).isEqualTo("end_of_text");
        assertBegun(GenerationRequest.to(SftTemplate.prompt("长城在哪里？"))
                .maxNewTokens(9)
                .temperature(0.01)
                .topK(200)
                .seed(1234));
    }

    @Test
    void aStreamedTextEqualsTheWholeOne() throws Exception {
        HttpResponse<String> response = caller.post("/v1/completions", """
                {"model": "wall", "prompt": "p", "stream": true, "stream_options": {"include_usage": true}}
                """);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        List<String> events = Caller.events(response.body());
        assertThat(events.getLast()).isEqualTo("[DONE]");
        JsonNode usage = Caller.json(events.get(events.size() - 2));
        assertThat(usage.path("choices")).isEmpty();
        assertThat(usage.at("/usage/completion_tokens").asInt()).isEqualTo(PIECES.length);
        List<JsonNode> chunks =
                events.subList(0, events.size() - 2).stream().map(Caller::json).toList();
        assertThat(chunks.stream()
                        .map(chunk -> chunk.at("/choices/0/text").asText())
                        .reduce("", String::concat))
                .isEqualTo(TEXT);
        assertThat(chunks.stream().map(chunk -> chunk.path("id").asText()).distinct())
                .hasSize(1);
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(chunks.getFirst().at("/choices/0/finish_reason").isNull()).isTrue();
    }

    @Test
    void aStreamedAnswerArrivesPieceByPiece() throws Exception {
        // Given a model that has said its first piece and waits
        models.permit(1);
        HttpResponse<InputStream> response = caller.open(
                "/v1/chat/completions",
                "{\"model\": \"wall\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"wait\"}]}");
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            while (lines.stream().noneMatch(line -> line.contains(PIECES[0]))) {
                lines.add(reader.readLine());
            }

            // When it goes on
            models.permit(PIECES.length);
            reader.lines().forEach(lines::add);
        }

        // Then the stream is complete
        List<String> events = Caller.events(String.join("\n", lines));
        assertThat(Caller.json(events.getFirst()).at("/choices/0/delta/role").asText())
                .isEqualTo("assistant");
        assertThat(events.stream()
                        .limit(events.size() - 1L)
                        .map(event -> Caller.json(event)
                                .at("/choices/0/delta/content")
                                .asText())
                        .reduce("", String::concat))
                .isEqualTo(TEXT);
        assertThat(events.getLast()).isEqualTo("[DONE]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{\"model\":\"wall\",\"prompt\":\"a\",\"temprature\":1}        | 400 | temprature        | unknown_parameter",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"n\":3}                 | 400 | n                 | invalid_value",
                "{\"model\":\"wall\",\"prompt\":[\"a\",\"b\"],\"n\":2}           | 400 | prompt            | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"best_of\":2}           | 400 | best_of           | unsupported_parameter",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"echo\":true,\"logprobs\":1} | 400 | echo         | unsupported_parameter",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"logprobs\":21}         | 400 | logprobs          | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"presence_penalty\":3}  | 400 | presence_penalty  | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"frequency_penalty\":-3}| 400 | frequency_penalty | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"repetition_penalty\":0}| 400 | repetition_penalty| invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"min_p\":1}             | 400 | min_p             | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"no_repeat_ngram\":-1}  | 400 | no_repeat_ngram   | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"context_overflow\":\"x\"}| 400 | context_overflow| invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"temperature\":3}       | 400 | temperature       | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"temperature\":\"1\"}   | 400 | temperature       | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"max_tokens\":0}        | 400 | max_tokens        | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"max_tokens\":1.5}      | 400 | max_tokens        | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"repetition\":\"on\"}   | 400 | repetition        | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"stop\":[\"\"]}         | 400 | stop              | invalid_value",
                "{\"model\":\"wall\",\"prompt\":[1,50257]}                     | 400 | prompt            | invalid_value",
                "{\"model\":\"wall\"}                                          | 400 | prompt            | invalid_value",
                "{\"prompt\":\"a\"}                                            | 400 | model             | invalid_value",
                "{\"model\":\"wall\",\"model\":\"wall\",\"prompt\":\"a\"}      | 400 | none              | invalid_value",
                "[1]                                                           | 400 | none              | invalid_value",
                "{\"model\":                                                   | 400 | none              | invalid_value",
                "{\"model\":\"nobody\",\"prompt\":\"a\"}                       | 404 | model             | model_not_found",
                "{\"model\":\"wall:9\",\"prompt\":\"a\"}                       | 404 | model             | model_not_found",
                "{\"model\":\"wall@second\",\"prompt\":\"a\"}                  | 404 | model             | model_not_found",
            })
    void aWrongRequestIsRefusedByTheNameOfWhatIsWrong(String body, int status, String param, String code)
            throws Exception {
        HttpResponse<String> response = caller.post("/v1/completions", body);

        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode error = Caller.json(response).path("error");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("param").asText(null)).isEqualTo(param);
        assertThat(error.path("message").asText()).isNotBlank();
    }

    @Test
    void aPretrainedModelHasNoChat() throws Exception {
        HttpResponse<String> response = caller.post(
                "/v1/chat/completions",
                "{\"model\": \"wall-base\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Caller.json(response).at("/error/message").asText()).contains("/v1/completions");
    }

    @Test
    void aQuestionThatDoesNotFitTheContextIsRefusedBeforeAStreamBegins() throws Exception {
        String question = "长".repeat(ScriptedModels.CONTEXT);

        HttpResponse<String> response = caller.post(
                "/v1/chat/completions",
                "{\"model\":\"wall\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + question
                        + "\"}]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Caller.json(response).at("/error/code").asText()).isEqualTo("context_length_exceeded");
    }

    @Test
    void aPromptOrBodyThatIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> prompt =
                caller.post("/v1/completions", "{\"model\":\"wall\",\"prompt\":\"" + "a".repeat(1001) + "\"}");
        HttpResponse<String> body =
                caller.post("/v1/completions", "{\"model\":\"wall\",\"prompt\":\"" + "a".repeat(17 << 20) + "\"}");

        assertThat(prompt.statusCode()).isEqualTo(413);
        assertThat(Caller.json(prompt).at("/error/param").asText()).isEqualTo("prompt");
        assertThat(body.statusCode()).isEqualTo(413);
        assertThat(Caller.json(body).at("/error/code").asText()).isEqualTo("request_too_large");
    }

    @Test
    void anUnknownPathIsAnErrorOfTheSameForm() throws Exception {
        HttpResponse<String> response = caller.get("/v1/nothing");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Caller.json(response).at("/error/message").asText()).isNotBlank();
    }

    @Test
    void moreRequestsThanMayWaitAreSentAway() throws Exception {
        // Given one request that runs
        String waiting = "{\"model\": \"wall\", \"prompt\": \"wait\"}";
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        calls.add(caller.begin("/v1/completions", waiting));
        assertThat(models.begun().poll(10, TimeUnit.SECONDS)).isNotNull();

        // When one more comes than may wait
        for (int i = 0; i < RegistryFactsBefore.QUEUE + 1; i++) {
            calls.add(caller.begin("/v1/completions", waiting));
        }

        // Then one is refused, and the others are answered when the model goes on
        Object first =
                CompletableFuture.anyOf(calls.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(first).isInstanceOfSatisfying(HttpResponse.class, refused -> {
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        });
        models.permit(calls.size() * PIECES.length);
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            statuses.add(call.get(10, TimeUnit.SECONDS).statusCode());
        }
        assertThat(statuses)
                .containsOnlyOnce(429)
                .filteredOn(status -> status == 200)
                .hasSize(calls.size() - 1);
    }

    @Test
    void aCallerThatGoesAwayFreesTheModel() throws Exception {
        // Given a stream that has begun
        models.permit(1);
        HttpResponse<InputStream> response =
                caller.open("/v1/completions", "{\"model\": \"wall\", \"prompt\": \"wait\", \"stream\": true}");
        assertThat(response.body().read()).isEqualTo('d');

        response.body().close();

        assertThat(models.ended().poll(10, TimeUnit.SECONDS)).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void aCallerThatGoesAwayBeforeTheFirstTokenFreesTheModelToo() throws Exception {
        CompletableFuture<HttpResponse<String>> call =
                caller.begin("/v1/completions", "{\"model\": \"wall\", \"prompt\": \"wait\"}");
        assertThat(models.begun().poll(10, TimeUnit.SECONDS)).isNotNull();

        caller.close();

        assertThat(models.ended().poll(10, TimeUnit.SECONDS)).isEqualTo(FinishReason.CANCELLED);
        assertThat(call).isCompletedExceptionally();
    }

    private void assertBegun(GenerationRequest.Builder wanted) {
        assertThat(models.begun().poll()).usingRecursiveComparison().isEqualTo(wanted.build());
    }
}
