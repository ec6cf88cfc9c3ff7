package io.minigpt.gpt.export;

import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.NewPath;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Writes a checkpoint as a GGUF file of the architecture gpt2, which llama.cpp and what is built on it run: weights,
 * tokenizer and chat template in one file. llama.cpp's gpt2 has the GELU with tanh only; a model that was trained with
 * the exact one differs by some 1e-4 of its activations.
 */
public final class GgufExport {
    private static final int TOKEN_NORMAL = 1;
    private static final int TOKEN_CONTROL = 3;
    private static final int QUANTIZATION_VERSION = 2;

    private GgufExport() {}

    /**
     * Exports a checkpoint.
     *
     * @param checkpoint its directory; the optimizer's state may be missing
     * @param name of the model, for its description
     * @param type of the matrices
     * @param target the file to make
     * @throws java.nio.file.FileAlreadyExistsException if there is a {@code target} already
     * @throws io.minigpt.gpt.checkpoint.CorruptCheckpointException if a file is missing, truncated or changed
     * @throws UnsupportedModelException if the model is no GPT-2, or its rows do not fill the type's blocks
     */
    public static void write(Path checkpoint, String name, GgufType type, Path target) throws IOException {
        try (ExportedModel model = ExportedModel.open(checkpoint)) {
            int channels = model.configuration().channels();
            if (channels % type.blockSize() != 0) {
                throw new UnsupportedModelException(
                        type.name().toLowerCase(Locale.ROOT) + " holds rows in blocks of " + type.blockSize()
                                + " numbers, but the model's n_embd is " + channels + "; export it as f32 or bf16");
            }
            NewPath.file(target, file -> {
                file(model, name, type).write(file);
                return target;
            });
        }
    }

    private static GgufFile file(ExportedModel model, String name, GgufType type) {
        GgufFile file = new GgufFile();
        putGeneral(file, model.checkpoint(), name, type);
        putShape(file, model.configuration());
        putTokenizer(file, model.checkpoint().template());
        for (Gpt2Weight weight : model.weights()) {
            boolean matrix = weight.projection() || weight.name().equals(Gpt2Weight.TOKEN_EMBEDDING);
            file.add(weight.ggufName(), matrix ? type : GgufType.F32, weight.shape(), () -> model.data(weight));
        }
        // the tied head once more: before 2025 llama.cpp did not take it from the embedding
        Gpt2Weight embedding = model.weights().getFirst();
        file.add("output.weight", type, embedding.shape(), () -> model.data(embedding));
        return file;
    }

    private static void putGeneral(GgufFile file, Checkpoint checkpoint, String name, GgufType type) {
        file.put("general.architecture", "gpt2")
                .put("general.type", "model")
                .put("general.name", name)
                .put("general.size_label", Math.round(checkpoint.model().parameters() / 1e6) + "M")
                .put("general.file_type", type.fileType());
        if (type.blockSize() > 1) {
            file.put("general.quantization_version", QUANTIZATION_VERSION);
        }
        file.put("minigpt.engine", checkpoint.engine())
                .put("minigpt.step", Math.toIntExact(checkpoint.step()))
                .put(
                        "minigpt.model.sha256",
                        checkpoint.files().get(Checkpoint.MODEL_FILE).sha256());
        new TreeMap<>(checkpoint.provenance()).forEach((key, value) -> file.put("minigpt.provenance." + key, value));
    }

    private static void putShape(GgufFile file, ModelConfiguration model) {
        file.put("gpt2.block_count", model.layers())
                .put("gpt2.context_length", model.blockSize())
                .put("gpt2.embedding_length", model.channels())
                .put("gpt2.feed_forward_length", 4 * model.channels())
                .put("gpt2.attention.head_count", model.heads())
                .put("gpt2.attention.layer_norm_epsilon", 1e-5f);
    }

    private static void putTokenizer(GgufFile file, PairTemplate template) {
        int[] types = new int[Tokenizer.SIZE];
        Arrays.fill(types, TOKEN_NORMAL);
        types[Tokenizer.END_OF_TEXT] = TOKEN_CONTROL;
        file.put("tokenizer.ggml.model", "gpt2")
                .put("tokenizer.ggml.pre", "gpt-2")
                .put("tokenizer.ggml.tokens", Gpt2Vocabulary.instance().tokens())
                .put("tokenizer.ggml.token_type", types)
                .put("tokenizer.ggml.merges", Gpt2Vocabulary.instance().merges())
                .put("tokenizer.ggml.bos_token_id", Tokenizer.END_OF_TEXT)
                .put("tokenizer.ggml.eos_token_id", Tokenizer.END_OF_TEXT)
                .put("tokenizer.ggml.add_bos_token", false)
                .put("tokenizer.chat_template", ChatTemplate.jinja(template));
    }
}
