package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.models.Model;
import io.minigpt.inference.Registry;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.inference.Stage;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own client against the service. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class OpenAiClientIT {

    private static boolean served;

    @TestHTTPResource("/v1")
    URI service;

    private OpenAIClient client;

    @BeforeEach
    void connect() {
        if (!served) {
            try (EventProbe probe = new EventProbe()) {
                new Registry(probe).serve("clients", Stage.SFT, "你", "好 ", "🙂");
            }
            served = true;
        }
        client = OpenAIOkHttpClient.builder()
                .baseUrl(service.toString())
                .apiKey("none")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void itAsksAQuestion() {
        ChatCompletion answer = client.chat().completions().create(question("clients"));

        assertThat(answer.choices().getFirst().message().content()).contains("你好 🙂");
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.usage())
                .hasValueSatisfying(
                        usage -> assertThat(usage.completionTokens()).isEqualTo(3));
    }

    @Test
    void itStreamsAnAnswer() {
        String text;
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(question("clients@champion"))) {
            text = stream.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .collect(Collectors.joining());
        }

        assertThat(text).isEqualTo("你好 🙂");
    }

    @Test
    void itContinuesAText() {
        CompletionCreateParams text = CompletionCreateParams.builder()
                .model("clients:1")
                .prompt("你")
                .echo(true)
                .maxTokens(2)
                .build();

        assertThat(client.completions().create(text).choices().getFirst().text())
                .isEqualTo("你你好 ");
    }

    @Test
    void itAsksForSeveralAnswersWithProbabilities() {
        ChatCompletionCreateParams several = question("clients").toBuilder()
                .n(2)
                .logprobs(true)
                .topLogprobs(1)
                .presencePenalty(0.5)
                .frequencyPenalty(-0.5)
                .seed(7)
                .stop("好")
                .build();

        ChatCompletion answer = client.chat().completions().create(several);

        assertThat(answer.choices()).hasSize(2).allSatisfy(choice -> {
            assertThat(choice.message().content()).contains("你");
            assertThat(choice.logprobs().orElseThrow().content().orElseThrow())
                    .hasSize(2)
                    .allSatisfy(token -> assertThat(token.topLogprobs()).hasSize(1));
        });
        assertThat(answer.choices().get(1).index()).isEqualTo(1);
    }

    @Test
    void itContinuesTokenIdsWithTheirProbabilities() {
        CompletionCreateParams ids = CompletionCreateParams.builder()
                .model("clients")
                .promptOfArrayOfTokens(List.of(464L, 3878L))
                .logprobs(1)
                .n(2)
                .build();

        List<CompletionChoice> choices = client.completions().create(ids).choices();

        assertThat(choices).hasSize(2);
        assertThat(choices.getFirst().text()).isEqualTo("你好 🙂");
        assertThat(choices.getFirst().logprobs().orElseThrow().tokenLogprobs().orElseThrow())
                .hasSize(3);
    }

    @Test
    void itStreamsTextAndUsage() {
        CompletionCreateParams text = CompletionCreateParams.builder()
                .model("clients")
                .prompt("p")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();

        List<Completion> chunks;
        try (StreamResponse<Completion> stream = client.completions().createStreaming(text)) {
            chunks = stream.stream().toList();
        }

        assertThat(chunks.stream().flatMap(chunk -> chunk.choices().stream()).map(CompletionChoice::text))
                .containsSequence("你", "好 ", "🙂");
        assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isEqualTo(3);
    }

    @Test
    void itListsModels() {
        assertThat(client.models().list().data()).extracting(Model::id).contains("clients", "clients:1");
        assertThat(client.models().retrieve("clients").ownedBy()).isEqualTo("minigpt");
    }

    @Test
    void itUnderstandsErrors() {
        assertThatThrownBy(() -> client.chat().completions().create(question("nobody")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("nobody");
    }

    private static ChatCompletionCreateParams question(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addSystemMessage("Be kind.")
                .addUserMessage("你好吗？")
                .user("somebody")
                .build();
    }
}
