package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.inference.Registry;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.inference.ScriptedModels;
import io.minigpt.inference.Stage;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Questions that are answered. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class ChatIT extends ScriptedWall {

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
        assertBegun(GenerationRequest.to(PairTemplate.STANDARD.promptTokens("长城在哪里？"))
                .maxNewTokens(9)
                .temperature(0.01)
                .topK(200)
                .seed(1234));
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
    void aQuestionIsPutIntoTheTemplateOfTheVersionThatAnswers() throws Exception {
        try (EventProbe probe = new EventProbe()) {
            new Registry(probe).serve("styled", Stage.SFT, ScriptedModels.TEMPLATE + "问：{question}\n答：", "是");
        }

        caller.post(
                "/v1/chat/completions",
                "{\"model\": \"styled\", \"messages\": [{\"role\": \"user\", \"content\": \"早？\"}]}");

        assertThat(Tokenizer.gpt2().decode(models.begun().poll().prompt())).isEqualTo("问：早？\n答：");
    }
}
