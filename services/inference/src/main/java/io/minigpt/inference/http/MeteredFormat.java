package io.minigpt.inference.http;

import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.TokenProbability;
import io.minigpt.inference.Admission;
import java.util.List;
import java.util.Optional;

/** A stream that gives back the tokens that were reserved for a text and that it did not need when it ended. */
final class MeteredFormat implements AnswerFormat {

    private final AnswerFormat format;
    private final List<GenerationRequest> requests;
    private final Admission admission;

    MeteredFormat(AnswerFormat format, List<GenerationRequest> requests, Admission admission) {
        this.format = format;
        this.requests = requests;
        this.admission = admission;
    }

    @Override
    public String id() {
        return format.id();
    }

    @Override
    public Object whole(List<Generation> texts, Usage usage) {
        return format.whole(texts, usage);
    }

    @Override
    public Optional<Object> first(int index) {
        return format.first(index);
    }

    @Override
    public Object piece(int index, String piece, List<TokenProbability> tokens) {
        return format.piece(index, piece, tokens);
    }

    @Override
    public Object last(int index, Generation text, List<TokenProbability> tokens) {
        admission.putBack(
                requests.get(index).maxNewTokens() - (long) text.tokens().size());
        return format.last(index, text, tokens);
    }

    @Override
    public Object usage(Usage usage) {
        return format.usage(usage);
    }
}
