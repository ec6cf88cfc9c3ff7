package io.minigpt.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Artifact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Tiny dataset versions in the form in which tokenization seals them. */
final class TestDatasets {

    private record Pair(String question, String answer) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "{\"content\": {\"template\": {\"prompt\": \"Q: {question}\\nA:\"}}}";

    private static final List<String> TEXTS = List.of(
            "水在标准大气压下的沸点是一百摄氏度，冰点是零摄氏度，它由氢和氧两种元素组成，是生命不可缺少的物质。",
            "长城是中国古代的军事防御工程，东起山海关，西到嘉峪关，绵延上万里，一九八七年被列入世界文化遗产。",
            "光合作用是植物利用光能把二氧化碳和水变成有机物并放出氧气的过程，它主要在叶绿体中进行。",
            "Das Wasser ist eine chemische Verbindung aus Sauerstoff und Wasserstoff, farblos und klar.");

    private final ArtifactStore artifacts;

    TestDatasets(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    DatasetVersion pretraining() {
        String prefix = prefix();
        List<Artifact> files = new ArrayList<>();
        files.add(write(prefix + "/train.bin", tokens(TEXTS)));
        files.add(write(prefix + "/val.bin", tokens(TEXTS.subList(0, 2))));
        files.add(write(prefix + "/evaluation/continuation.jsonl", texts()));
        return version(DatasetKind.DATASET_KIND_PRETRAINING, files);
    }

    DatasetVersion fineTuning() {
        List<Pair> pairs = IntStream.range(0, 10)
                .mapToObj(i -> new Pair(i + "号?", "是" + i))
                .toList();
        return fineTuning(pairs, 8, 4);
    }

    private DatasetVersion fineTuning(List<Pair> pairs, int trained, int curated) {
        String prefix = prefix();
        List<Pair> unseen = pairs.subList(trained, pairs.size());
        List<Artifact> files = new ArrayList<>();
        files.addAll(split(prefix, "train", pairs.subList(0, trained)));
        files.addAll(split(prefix, "val", unseen));
        files.add(write(prefix + "/evaluation/curated.jsonl", questions(pairs.subList(0, curated), "trained")));
        files.add(write(prefix + "/evaluation/unseen.jsonl", questions(unseen, "unseen")));
        files.add(write(prefix + "/manifest.json", MANIFEST.getBytes(StandardCharsets.UTF_8)));
        return version(DatasetKind.DATASET_KIND_SFT, files);
    }

    private List<Artifact> split(String prefix, String split, List<Pair> pairs) {
        ByteArrayOutputStream tokens = new ByteArrayOutputStream();
        ByteBuffer index = ByteBuffer.allocate(pairs.size() * 16).order(ByteOrder.LITTLE_ENDIAN);
        for (Pair pair : pairs) {
            PairTemplate.Tokens record = PairTemplate.STANDARD.tokens(pair.question(), pair.answer());
            index.putLong(tokens.size() / Short.BYTES)
                    .putInt(record.tokens().length)
                    .putInt(record.promptTokens());
            tokens.writeBytes(littleEndian(record.tokens()));
        }
        return List.of(
                write(prefix + "/" + split + ".bin", tokens.toByteArray()),
                write(prefix + "/" + split + ".index", index.array()));
    }

    private static byte[] questions(List<Pair> pairs, String label) {
        StringBuilder lines = new StringBuilder();
        for (Pair pair : pairs) {
            ObjectNode line = JSON.createObjectNode();
            line.put("id", "q" + pairs.indexOf(pair));
            line.put("question", pair.question());
            line.put("answer", pair.answer());
            line.put("label", label);
            lines.append(line).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] texts() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < TEXTS.size(); i++) {
            lines.append("{\"id\":\"d%d\",\"text\":\"%s\",\"label\":\"trained\"}\n".formatted(i, TEXTS.get(i)));
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] tokens(List<String> texts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String text : texts) {
            all.writeBytes(littleEndian(Tokenizer.gpt2().encode(text)));
            all.writeBytes(littleEndian(new int[] {Tokenizer.END_OF_TEXT}));
        }
        return all.toByteArray();
    }

    private static byte[] littleEndian(int[] tokens) {
        ByteBuffer bytes = ByteBuffer.allocate(tokens.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.of(tokens).forEach(token -> bytes.putShort((short) token));
        return bytes.array();
    }

    private static String prefix() {
        return "datasets/test-" + UUID.randomUUID() + "/1";
    }

    private static DatasetVersion version(DatasetKind kind, List<Artifact> files) {
        return DatasetVersion.newBuilder()
                .setName("test")
                .setVersion(1)
                .setIdentity("00")
                .setKind(kind)
                .addAllFiles(files)
                .build();
    }

    private Artifact write(String key, byte[] content) {
        try (ArtifactWriter writer = artifacts.create(key)) {
            writer.write(content);
            return writer.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
