package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a request is said by its name. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class RefusalsIT extends ScriptedWall {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{\"model\":\"wall\",\"prompt\":\"a\",\"temprature\":1}        | 400 | temprature        | unknown_parameter",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"n\":3}                 | 400 | n                 | invalid_value",
                "{\"model\":\"wall\",\"prompt\":[\"a\",\"b\"],\"n\":2}           | 400 | prompt            | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"best_of\":3}           | 400 | best_of           | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"n\":2,\"best_of\":1}   | 400 | best_of           | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"best_of\":2,\"stream\":true} | 400 | best_of     | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"suffix\":\"b\"}        | 400 | suffix            | unsupported_parameter",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"logit_bias\":{\"50257\":1}} | 400 | logit_bias   | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"logit_bias\":{\"1\":101}} | 400 | logit_bias     | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"logit_bias\":{\"1\":null}} | 400 | logit_bias    | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"echo\":true,\"logprobs\":1,\"context_overflow\":\"slide\"} | 400 | context_overflow | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"logprobs\":21}         | 400 | logprobs          | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"presence_penalty\":3}  | 400 | presence_penalty  | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"frequency_penalty\":-3}| 400 | frequency_penalty | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"repetition_penalty\":0}| 400 | repetition_penalty| invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"min_p\":1}             | 400 | min_p             | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"no_repeat_ngram\":-1}  | 400 | no_repeat_ngram   | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"context_overflow\":\"x\"}| 400 | context_overflow| invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"temperature\":3}       | 400 | temperature       | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"a\",\"temperature\":\"1\"}   | 400 | temperature       | invalid_value",
                "{\"model\":\"wall\",\"prompt\":\"\",\"echo\":true,\"logprobs\":1,\"max_tokens\":0} | 400 | max_tokens | invalid_value",
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
}
