package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts that are continued. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class CompletionsIT extends ScriptedWall {

    @Test
    void aTextIsContinued() throws Exception {
        HttpResponse<String> response = caller.post("/v1/completions", """
                {"model": "wall", "prompt": "The Great Wall", "max_tokens": 7, "temperature": 0.5, "top_p": 0.9,
                 "top_k": 20, "seed": 5, "stop": ["。"], "repetition": "off", "user": "me", "logprobs": null,
                 "min_p": 0.1, "logit_bias": {"50256": -100, "11": 0.5}, "presence_penalty": 0.2, "frequency_penalty": -0.3, "repetition_penalty": 1.1,
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
                .logitBias(Map.of(50256, -100.0, 11, 0.5))
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
    void anEchoHasTheProbabilitiesOfItsTokensToo() throws Exception {
        String scored =
                "{\"model\": \"wall\", \"prompt\": \"The wall\", \"echo\": true, \"logprobs\": 1, \"max_tokens\": %d}";

        JsonNode whole = Caller.json(caller.post("/v1/completions", scored.formatted(1)));
        JsonNode alone = Caller.json(caller.post("/v1/completions", scored.formatted(0)));

        JsonNode tokens = whole.at("/choices/0/logprobs");
        assertThat(whole.at("/choices/0/text").asText()).isEqualTo("The wall长城");
        assertThat(tokens.path("tokens"))
                .map(JsonNode::asText)
                .startsWith("The", " wall")
                .hasSize(3);
        assertThat(tokens.path("text_offset")).isEqualTo(Caller.json("[0, 3, 8]"));
        assertThat(tokens.at("/token_logprobs/0").isNull()).isTrue();
        assertThat(tokens.at("/top_logprobs/0").isNull()).isTrue();
        assertThat(tokens.at("/token_logprobs/1").asDouble()).isEqualTo(-Math.log(2));
        assertThat(alone.at("/choices/0/text").asText()).isEqualTo("The wall");
        assertThat(alone.at("/choices/0/logprobs/tokens")).hasSize(2);
        assertThat(alone.at("/usage/completion_tokens").asInt()).isZero();
    }

    @Test
    void aStreamedEchoHasThemBeforeThoseOfTheText() throws Exception {
        String scored = "{\"model\": \"wall\", \"prompt\": \"The wall\", \"echo\": true, \"logprobs\": 0,"
                + " \"max_tokens\": 1, \"stream\": true}";

        List<JsonNode> chunks = Caller.events(
                        caller.post("/v1/completions", scored).body())
                .stream()
                .filter(event -> event.startsWith("{"))
                .map(Caller::json)
                .toList();

        assertThat(chunks.getFirst().at("/choices/0/text").asText()).isEqualTo("The wall");
        assertThat(chunks.get(1).at("/choices/0/text").asText()).isEqualTo("长城");
        assertThat(chunks.get(1).at("/choices/0/logprobs/text_offset")).isEqualTo(Caller.json("[0, 3, 8]"));
    }

    @Test
    void theBestOfSeveralIsAnsweredAndAllAreCounted() throws Exception {
        JsonNode answer =
                Caller.json(caller.post("/v1/completions", "{\"model\": \"wall\", \"prompt\": \"p\", \"best_of\": 2}"));

        assertThat(answer.path("choices")).hasSize(1);
        assertThat(answer.at("/choices/0/text").asText()).isEqualTo(TEXT);
        assertThat(answer.at("/choices/0/logprobs").isNull()).isTrue();
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(2 * PIECES.length);
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(1);
        assertThat(models.begun().stream().map(request -> request.sampling().seed()))
                .containsExactly(1234L, 1235L);
    }
}
