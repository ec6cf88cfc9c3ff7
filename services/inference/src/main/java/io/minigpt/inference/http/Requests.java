package io.minigpt.inference.http;

import static io.minigpt.inference.http.Parameters.orElse;
import static io.minigpt.inference.http.Parameters.require;
import static io.minigpt.inference.http.Parameters.within;

import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.inference.InferenceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes generation requests of what callers send, with the defaults for what they leave out. */
@ApplicationScoped
class Requests {

    private static final int MOST_ALTERNATIVES = 20;

    private final InferenceConfig config;
    private final Prompts prompts;
    private final SamplingParameters sampling;

    Requests(InferenceConfig config) {
        this.config = config;
        this.prompts = new Prompts(config.maxPromptCharacters());
        this.sampling = new SamplingParameters(config);
    }

    /** {@code n} texts for each prompt. */
    Call of(CompletionBody body) {
        boolean echo = Boolean.TRUE.equals(body.echo());
        boolean scored = echo && body.logprobs() != null;
        require(
                !scored || !"slide".equals(body.contextOverflow()),
                "context_overflow",
                "cannot be slide when 'echo' and 'logprobs' ask for the prompt's tokens");
        int alternatives = body.logprobs() == null
                ? GenerationRequest.NO_PROBABILITIES
                : within("logprobs", body.logprobs(), 0, MOST_ALTERNATIVES);
        int choices = choices(body);
        int candidates = within("best_of", orElse(body.bestOf(), choices), choices, mostTexts());
        require(candidates == choices || !body.wish().wanted(), "best_of", "cannot be more than 'n' in a stream");
        return call(
                prompts.beginnings(body.prompt()),
                body,
                scored ? ContextOverflow.STOP : ContextOverflow.SLIDE,
                new Call.Wishes(choices, candidates, alternatives, echo));
    }

    /** {@code n} answers to the last message of the user. */
    Call of(ChatBody body, PairTemplate template) {
        List<ChatBody.Message> messages = body.messages() == null ? List.of() : body.messages();
        boolean logprobs = Boolean.TRUE.equals(body.logprobs());
        require(logprobs || body.topLogprobs() == null, "top_logprobs", "needs 'logprobs': true");
        int alternatives = logprobs
                ? within("top_logprobs", orElse(body.topLogprobs(), 0), 0, MOST_ALTERNATIVES)
                : GenerationRequest.NO_PROBABILITIES;
        int choices = choices(body);
        return call(
                List.of(prompts.question(messages, template)),
                body,
                ContextOverflow.STOP,
                new Call.Wishes(choices, choices, alternatives, false));
    }

    private Call call(List<Prompts.Prompt> prompts, SamplingBody body, ContextOverflow overflow, Call.Wishes wishes) {
        require(
                prompts.size() <= mostTexts() / wishes.candidates(),
                "prompt",
                "and 'n' or 'best_of' ask for more than " + mostTexts() + " texts");
        long seed = orElse(body.seed(), config.defaults().seed());
        List<GenerationRequest> requests = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> echoes = new ArrayList<>();
        for (Prompts.Prompt prompt : prompts) {
            boolean scored = wishes.promptProbabilities() && !prompt.isNothing();
            GenerationRequest.Builder request = sampling.of(prompt.tokens(), scored ? 0 : 1, body)
                    .overflow(overflow(body.contextOverflow(), overflow))
                    // the likeliest are chosen by their tokens' probabilities
                    .alternatives(wishes.selects() ? Math.max(0, wishes.alternatives()) : wishes.alternatives())
                    .promptProbabilities(scored);
            for (int candidate = 0; candidate < wishes.candidates(); candidate++) {
                requests.add(request.seed(seed + candidate).build());
                texts.add(prompt.text());
            }
            echoes.addAll(Collections.nCopies(wishes.choices(), wishes.echo() ? prompt.text() : ""));
        }
        int characters = prompts.stream().mapToInt(Prompts.Prompt::characters).sum();
        return new Call(requests, texts, echoes, wishes, characters, body.wish());
    }

    private int choices(SamplingBody body) {
        return within("n", orElse(body.n(), 1), 1, mostTexts());
    }

    private int mostTexts() {
        return Math.min(config.maxTexts(), config.queue());
    }

    private static ContextOverflow overflow(String name, ContextOverflow otherwise) {
        return switch (name) {
            case null -> otherwise;
            case "slide" -> ContextOverflow.SLIDE;
            case "stop" -> ContextOverflow.STOP;
            default -> throw OpenAiException.invalid("context_overflow", "'context_overflow' must be slide or stop");
        };
    }
}
