package io.minigpt.gpt.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minigpt.gpt.checkpoint.NewPath;
import io.minigpt.gpt.checkpoint.PendingTensor;
import io.minigpt.gpt.checkpoint.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Writes a checkpoint as the directory that Hugging Face's GPT2LMHeadModel and GPT2Tokenizer load: configuration,
 * weights in 32-bit floats, tokenizer with the chat template. The head is tied; the vocabulary has the tokenizer's
 * 50,257 rows.
 */
public final class HuggingFaceExport {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private HuggingFaceExport() {}

    /**
     * Exports a checkpoint.
     *
     * @param checkpoint its directory; the optimizer's state may be missing
     * @param name of the model, for its description
     * @param target the directory to make
     * @throws java.nio.file.FileAlreadyExistsException if there is a {@code target} already
     * @throws io.minigpt.gpt.checkpoint.CorruptCheckpointException if a file is missing, truncated or changed
     * @throws UnsupportedModelException if the model is no GPT-2
     */
    public static void write(Path checkpoint, String name, Path target) throws IOException {
        try (ExportedModel model = ExportedModel.open(checkpoint)) {
            NewPath.directory(target, directory -> {
                writeJson(
                        directory,
                        HuggingFaceConfiguration.FILE,
                        HuggingFaceConfiguration.of(model.checkpoint(), name));
                writeWeights(directory.resolve("model.safetensors"), model);
                for (Map.Entry<String, Map<String, Object>> file : HuggingFaceTokenizer.files(
                                model.configuration().blockSize(),
                                model.checkpoint().template())
                        .entrySet()) {
                    writeJson(directory, file.getKey(), file.getValue());
                }
                Files.writeString(directory.resolve("merges.txt"), HuggingFaceTokenizer.merges());
                return target;
            });
        }
    }

    private static void writeWeights(Path file, ExportedModel model) throws IOException {
        int largest = model.weights().stream()
                .filter(Gpt2Weight::projection)
                .mapToInt(Gpt2Weight::size)
                .max()
                .orElse(0);
        ByteBuffer transposed = ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, largest));
        List<PendingTensor> tensors = model.weights().stream()
                .map(weight -> tensor(weight, model, transposed))
                .toList();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            // transformers loads no file that does not name the framework whose layout it has
            Safetensors.writeInTurn(channel, Map.of("format", "pt"), tensors);
        }
    }

    private static PendingTensor tensor(Gpt2Weight weight, ExportedModel model, ByteBuffer transposed) {
        if (!weight.projection()) {
            return new PendingTensor(weight.name(), weight.shape(), () -> model.bytes(weight));
        }
        int outputs = (int) weight.shape()[0];
        int inputs = (int) weight.shape()[1];
        return new PendingTensor(
                weight.name(),
                new long[] {inputs, outputs},
                () -> Transposed.into(transposed, model.data(weight), outputs, inputs));
    }

    private static void writeJson(Path directory, String file, Map<String, ?> content) throws IOException {
        Files.write(directory.resolve(file), JSON.writeValueAsBytes(content));
    }
}
