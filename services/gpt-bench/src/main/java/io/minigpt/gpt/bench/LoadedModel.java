package io.minigpt.gpt.bench;

import io.minigpt.gpt.Continuation;
import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationListener;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.Generator;
import io.minigpt.gpt.Score;
import io.minigpt.gpt.text.RepetitionRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model ready to generate: all that the benchmarks know of the library's generation. */
final class LoadedModel implements AutoCloseable {
    private static final int TOP_K = 200;

    private final Generator generator;

    LoadedModel(Path checkpoint, Weights type) throws IOException {
        generator = Generator.load(checkpoint, type.type, "cpu");
    }

    /** Tokens a second of all streams together, each of which samples {@code tokens} tokens. */
    double decode(int streams, int tokens) {
        List<GenerationRequest> requests = new ArrayList<>();
        for (int stream = 0; stream < streams; stream++) {
            requests.add(request(1, tokens, stream));
        }
        long begin = System.nanoTime();
        List<Generation> generations = streams == 1
                ? List.of(generator.generate(requests.getFirst(), GenerationListener.NONE))
                : generator.generateAll(requests);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return generations.stream().mapToInt(each -> each.tokens().size()).sum() / seconds;
    }

    /** Tokens a second of a prompt, up to its first answer token. */
    double prefill(int tokens) {
        GenerationRequest request = request(tokens, 1, 0);
        long begin = System.nanoTime();
        generator.generate(request, GenerationListener.NONE);
        return tokens / ((System.nanoTime() - begin) / 1e9);
    }

    /** Bits that the model needs for a byte of a text. */
    double bitsPerByte(int[] tokens) {
        int window = generator.model().blockSize();
        List<Continuation> parts = new ArrayList<>();
        for (int first = 0; first + 1 < tokens.length; first += window) {
            int last = Math.min(tokens.length, first + window + 1);
            parts.add(new Continuation(new int[] {tokens[first]}, Arrays.copyOfRange(tokens, first + 1, last)));
        }
        double bits = 0;
        long bytes = 0;
        for (Score score : generator.score(parts)) {
            bits -= score.logProbability() / Math.log(2);
            bytes += score.bytes();
        }
        return bits / bytes;
    }

    private static GenerationRequest request(int promptTokens, int newTokens, long seed) {
        int[] prompt = new int[promptTokens];
        for (int i = 0; i < promptTokens; i++) {
            prompt[i] = 1000 + 7 * i;
        }
        return GenerationRequest.to(prompt)
                .maxNewTokens(newTokens)
                .temperature(1)
                .topK(TOP_K)
                .seed(seed)
                .repetition(RepetitionRule.NONE)
                .build();
    }

    @Override
    public void close() {
        generator.close();
    }
}
