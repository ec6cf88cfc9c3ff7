package io.minigpt.local.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.local.endtoend.SealedDataset.Row;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sealed dataset versions of question-answer pairs. Of ten pairs eight are trained on, one is validation data and one is
 * of the set that a checkpoint may be selected by.
 */
final class PairDatasets {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OF_TEN_TRAINED = 8;

    private final Path artifacts;
    private final List<JsonNode> pairs;

    /** @param lines a JSON object with {@code question} and {@code answer} a line; the first {@code limit} count */
    PairDatasets(Path artifacts, Path lines, int limit) throws IOException {
        this.artifacts = artifacts;
        try (Stream<String> read = Files.lines(lines)) {
            this.pairs = read.limit(limit).map(PairDatasets::parse).toList();
        }
    }

    int trained() {
        return trainedOn().size();
    }

    /** The answers that are trained on, as running text. */
    DatasetVersion pretraining() throws IOException {
        return new SealedDataset(artifacts, "text", DatasetKind.DATASET_KIND_PRETRAINING)
                .tokens("train", text(trainedOn()))
                .tokens("val", text(ofTen(OF_TEN_TRAINED)))
                .version();
    }

    DatasetVersion fineTuning() throws IOException {
        SealedDataset dataset = new SealedDataset(artifacts, "pairs", DatasetKind.DATASET_KIND_SFT);
        split(dataset, "train", trainedOn());
        split(dataset, "val", ofTen(OF_TEN_TRAINED));
        return dataset.file("evaluation/selection.jsonl", questions(ofTen(OF_TEN_TRAINED + 1)))
                .version();
    }

    private List<JsonNode> trainedOn() {
        return IntStream.range(0, pairs.size())
                .filter(i -> i % 10 < OF_TEN_TRAINED)
                .mapToObj(pairs::get)
                .toList();
    }

    private List<JsonNode> ofTen(int place) {
        return IntStream.range(0, pairs.size())
                .filter(i -> i % 10 == place)
                .mapToObj(pairs::get)
                .toList();
    }

    private static void split(SealedDataset dataset, String split, List<JsonNode> pairs) throws IOException {
        List<int[]> records = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        long first = 0;
        for (JsonNode pair : pairs) {
            PairTemplate.Tokens record = PairTemplate.STANDARD.tokens(
                    pair.path("question").asText(), pair.path("answer").asText());
            records.add(record.tokens());
            rows.add(new Row(first, record.tokens().length, record.promptTokens()));
            first += record.tokens().length;
        }
        dataset.tokens(split, joined(records, Function.identity())).index(split, rows);
    }

    private static int[] text(List<JsonNode> pairs) {
        return joined(pairs, pair -> Tokenizer.gpt2().encode(pair.path("answer").asText() + "\n"));
    }

    private static byte[] questions(List<JsonNode> pairs) {
        return pairs.stream()
                .map(pair -> JSON.createObjectNode()
                        .put("question", pair.path("question").asText())
                        .put("answer", pair.path("answer").asText())
                        .put("label", "unseen")
                        .toString())
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static <T> int[] joined(List<T> things, Function<T, int[]> tokens) {
        return things.stream().map(tokens).flatMapToInt(IntStream::of).toArray();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
