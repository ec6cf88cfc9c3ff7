package io.minigpt.teacher.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.Timeout;
import com.openai.core.http.HttpResponse;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.minigpt.teacher.Promise;
import io.minigpt.teacher.PromptTemplate;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.TeacherRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * A language model behind an endpoint that speaks OpenAI's chat completions: Ollama, vLLM, llama.cpp's server or a
 * hosted one. Makes exactly one HTTP request a call; retries are {@link io.minigpt.teacher.RetryPolicy}'s.
 */
public final class OpenAiTeacher implements Teacher, AutoCloseable {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final OpenAiSettings settings;
    private final Prompts prompts;
    private final Failures failures;
    private final OpenAIClient client;

    public OpenAiTeacher(OpenAiSettings settings, Prompts prompts) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.prompts = Objects.requireNonNull(prompts, "prompts");
        this.failures = new Failures(settings.baseUrl().toString(), settings.apiKey());
        Duration timeout = settings.timeout();
        this.client = OpenAIOkHttpClient.builder()
                .baseUrl(settings.baseUrl().toString())
                // the client wants one; endpoints without keys ignore it
                .apiKey(settings.apiKey().isEmpty() ? "none" : settings.apiKey())
                .maxRetries(0)
                .timeout(Timeout.builder()
                        .connect(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
                        .read(timeout)
                        .write(timeout)
                        .request(timeout)
                        .build())
                .build();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String version() {
        return settings.version();
    }

    @Override
    public Promise promise(TeacherRequest request) {
        return Promise.exactly(request.wanted());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the request names a prompt version other than the loaded one
     */
    @Override
    public TeacherReply ask(TeacherRequest request) throws InterruptedException {
        ChatCompletionCreateParams params = params(request);
        long start = System.nanoTime();
        try (HttpResponse response =
                client.chat().completions().withRawResponse().create(params)) {
            return Completion.read(response.body()).after(Duration.ofNanos(System.nanoTime() - start));
        } catch (OpenAIException e) {
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException("interrupted while asking " + name());
                interrupted.initCause(e);
                throw interrupted;
            }
            throw failures.of(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private ChatCompletionCreateParams params(TeacherRequest request) {
        PromptTemplate template = prompts.of(request);
        if (!template.version().equals(request.promptVersion())) {
            throw new IllegalArgumentException("prompt " + template.name() + " is loaded in version "
                    + template.version() + ", but version " + request.promptVersion() + " is asked for");
        }
        Map<String, String> values = Prompts.values(request);
        ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder()
                .model(settings.model())
                .addSystemMessage(template.systemWith(values))
                .addUserMessage(template.userWith(values));
        settings.temperature().ifPresent(params::temperature);
        // with the same seed a model would give the same bad reply again
        settings.seed().ifPresent(seed -> params.seed(seed + request.attempt() - 1));
        // newer field names are unknown to most servers that are not OpenAI's
        settings.maxTokens().ifPresent(limit -> params.putAdditionalBodyProperty("max_tokens", JsonValue.from(limit)));
        if (settings.replyFormat() == ReplyFormat.JSON_SCHEMA) {
            params.responseFormat(ReplySchema.of(request));
        }
        return params.build();
    }
}
