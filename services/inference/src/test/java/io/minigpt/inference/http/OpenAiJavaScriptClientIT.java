package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.inference.Registry;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.inference.Stage;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own client for JavaScript against the service. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class OpenAiJavaScriptClientIT {

    @TempDir
    Path folder;

    @TestHTTPResource("/v1")
    URI service;

    @Test
    void itUnderstandsAnswersWholeAndStreamedModelsAndErrors() throws Exception {
        try (EventProbe probe = new EventProbe()) {
            new Registry(probe).serve("script", Stage.SFT, "你", "好 ", "🙂");
        }

        JsonNode understood = Caller.json(JavaScript.run(folder, script(), service.toString()));

        assertThat(understood.path("chat")).hasSize(2).allSatisfy(choice -> {
            assertThat(choice.path("content").asText()).isEqualTo("你好 🙂");
            assertThat(choice.path("finish").asText()).isEqualTo("stop");
            assertThat(choice.path("probabilities")).isEqualTo(Caller.json("[1, 1, 1]"));
        });
        assertThat(understood.path("tokens").asInt()).isEqualTo(6);
        assertThat(understood.path("completion").asText()).isEqualTo("你你好 ");
        assertThat(understood.path("streamedChat")).isEqualTo(Caller.json("{\"text\": \"你好 🙂\", \"tokens\": 3}"));
        assertThat(understood.path("streamedText")).isEqualTo(Caller.json("{\"text\": \"你好 🙂\"}"));
        assertThat(understood.path("models")).map(JsonNode::asText).contains("script", "script:1");
        assertThat(understood.path("owner").asText()).isEqualTo("minigpt");
        assertThat(understood.at("/unknown/name").asText()).isEqualTo("NotFoundError");
        assertThat(understood.at("/unknown/status").asInt()).isEqualTo(404);
        assertThat(understood.at("/unknown/code").asText()).isEqualTo("model_not_found");
        assertThat(understood.at("/unknown/message").asText()).contains("nobody");
        assertThat(understood.path("refused"))
                .isEqualTo(Caller.json("{\"name\": \"BadRequestError\", \"status\": 400, \"param\": \"temperature\"}"));
    }

    private static String script() throws IOException {
        try (InputStream script = OpenAiJavaScriptClientIT.class.getResourceAsStream("/openai-client.mjs")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
