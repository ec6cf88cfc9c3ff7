package io.minigpt.inference.device;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationListener;
import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.Generator;
import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.SftTemplate;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.gpt.torch.TorchRuntime;
import io.minigpt.inference.FinishReason;
import io.minigpt.inference.GenerationRequest;
import io.minigpt.inference.GenerationResult;
import io.minigpt.inference.LanguageModel;
import io.minigpt.inference.ModelUnavailableException;
import io.minigpt.inference.Prompt;
import io.minigpt.inference.PromptTooLongException;
import io.minigpt.inference.Repetition;

/** A model of the engine. A process that is told to stop waits until it is closed, so that running answers can end. */
final class GptLanguageModel implements LanguageModel {

    /** What a text without a beginning follows on. */
    private static final int[] NOTHING = {Tokenizer.END_OF_TEXT};

    private final Generator generator;
    private final TorchRuntime.Hold hold;

    GptLanguageModel(Generator generator) {
        this.generator = generator;
        this.hold = TorchRuntime.hold();
    }

    @Override
    public GenerationResult generate(GenerationRequest request, TextSink sink) {
        Generation generation = generate(
                io.minigpt.gpt.GenerationRequest.to(tokens(request.prompt()))
                        .maxNewTokens(request.maxTokens())
                        .temperature(request.temperature())
                        .topK(request.topK())
                        .topP(request.topP())
                        .seed(request.seed())
                        .stop(request.stop())
                        .repetition(rule(request.repetition()))
                        .overflow(overflow(request.prompt()))
                        .build(),
                new Passing(sink, request.prompt() instanceof Prompt.Question));
        return new GenerationResult(
                reason(generation),
                generation.promptTokens(),
                generation.tokens().size());
    }

    @Override
    public void close() {
        generator.close();
        hold.close();
    }

    private Generation generate(io.minigpt.gpt.GenerationRequest request, GenerationListener listener) {
        try {
            return generator.generate(request, listener);
        } catch (IllegalStateException e) {
            // the engine lets no call begin once the process stops
            throw new ModelUnavailableException(e.getMessage());
        }
    }

    private int[] tokens(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Beginning(String text) ->
                text.isEmpty() ? NOTHING : Tokenizer.gpt2().encode(text);
            case Prompt.Question(String text) -> {
                int[] tokens = SftTemplate.prompt(text);
                int context = generator.model().blockSize();
                if (tokens.length >= context) {
                    throw new PromptTooLongException("the question has " + tokens.length
                            + " tokens with its template, and the model's context of " + context
                            + " tokens must hold it and the answer");
                }
                yield tokens;
            }
        };
    }

    private static ContextOverflow overflow(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Beginning beginning -> ContextOverflow.SLIDE;
            case Prompt.Question question -> ContextOverflow.STOP;
        };
    }

    private static RepetitionRule rule(Repetition repetition) {
        return switch (repetition) {
            case SAFE -> RepetitionRule.SAFE;
            case SEED -> RepetitionRule.SEED;
            case OFF -> RepetitionRule.NONE;
        };
    }

    private static FinishReason reason(Generation generation) {
        return switch (generation.finishReason()) {
            case STOP -> FinishReason.END_OF_TEXT;
            case STOP_STRING -> FinishReason.STOP_TEXT;
            case LENGTH -> FinishReason.LENGTH;
            case REPETITION -> FinishReason.REPETITION;
            case CANCELLED -> FinishReason.CANCELLED;
        };
    }

    /** Passes text on, without the one space with which the template begins an answer. */
    private static final class Passing implements GenerationListener {

        private final TextSink sink;
        private boolean spaceAhead;

        Passing(TextSink sink, boolean spaceAhead) {
            this.sink = sink;
            this.spaceAhead = spaceAhead;
        }

        @Override
        public void text(String piece) {
            String text = spaceAhead && piece.startsWith(" ") ? piece.substring(1) : piece;
            spaceAhead = false;
            if (!text.isEmpty()) {
                sink.text(text);
            }
        }

        @Override
        public boolean cancelled() {
            return sink.closed();
        }
    }
}
