package io.minigpt.gpt;

import io.minigpt.gpt.configuration.LossScope;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.data.Batch;
import io.minigpt.gpt.data.PackedRecords;
import io.minigpt.gpt.data.RecordTable;
import io.minigpt.gpt.data.TokenFile;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.torch.TorchRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Models and data of a size that a test can train. */
final class TinyModel {
    static final Map<String, String> PAIRS = Map.of("水的化学式是什么？", "水的化学式是H2O。", "最大的行星是哪颗？", "最大的行星是木星。");

    private TinyModel() {}

    static ModelConfiguration model(Map<String, ?> overrides) {
        // on a shared machine two threads wait for each other longer than they work
        TorchRuntime.threads(1);
        Map<String, Object> values =
                new HashMap<>(Map.of("n_layer", 2, "n_head", 2, "n_embd", 16, "block_size", 24, "dropout", 0.0));
        values.putAll(overrides);
        return ModelConfiguration.of(values);
    }

    static TrainingConfiguration training(Map<String, ?> overrides) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "batch_size",
                2,
                "max_iters",
                10,
                "warmup_iters",
                2,
                "learning_rate",
                1e-3,
                "dtype",
                "float32",
                "device",
                "cpu"));
        values.putAll(overrides);
        return TrainingConfiguration.of(values);
    }

    /** A map with one more entry. */
    static Map<String, Object> with(Map<String, ?> values, String key, Object value) {
        Map<String, Object> more = new HashMap<>(values);
        more.put(key, value);
        return more;
    }

    static Batch randomBatch(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Batch batch = Batch.empty(rows, columns);
        for (int i = 0; i < batch.inputs().length; i++) {
            batch.inputs()[i] = random.nextInt(50_257);
            batch.targets()[i] = i % 3 == 0 ? Batch.IGNORED : random.nextInt(50_257);
        }
        return batch;
    }

    static TokenFile tokens(Path file, List<Integer> ids) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * ids.size()).order(ByteOrder.LITTLE_ENDIAN);
        ids.forEach(id -> bytes.putShort(id.shortValue()));
        Files.write(file, bytes.array());
        return new TokenFile(file);
    }

    /** Windows of 48 tokens with the question-answer pairs of {@link #PAIRS}. */
    static PackedRecords pairs(Path directory, LossScope loss) throws IOException {
        List<Integer> ids = new ArrayList<>();
        long[] first = new long[PAIRS.size()];
        int[] tokens = new int[PAIRS.size()];
        int[] promptTokens = new int[PAIRS.size()];
        int i = 0;
        for (Map.Entry<String, String> pair : PAIRS.entrySet()) {
            PairTemplate.Tokens item = PairTemplate.STANDARD.tokens(pair.getKey(), pair.getValue());
            first[i] = ids.size();
            tokens[i] = item.tokens().length;
            promptTokens[i++] = item.promptTokens();
            for (int id : item.tokens()) {
                ids.add(id);
            }
        }
        TokenFile file = tokens(directory.resolve("pairs.bin"), ids);
        return new PackedRecords(file, new RecordTable(first, tokens, promptTokens), 2, 64, 1, loss, false);
    }
}
