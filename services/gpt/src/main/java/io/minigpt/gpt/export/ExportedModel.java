package io.minigpt.gpt.export;

import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.Safetensors;
import io.minigpt.gpt.configuration.Architecture;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.text.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * A checkpoint on its way out, as GPT-2 wants it: with zeros for the biases that the model does without, and without
 * the rows that pad the vocabulary (no text has their ids, and generation never takes them).
 */
final class ExportedModel implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final Safetensors file;

    private ExportedModel(Checkpoint checkpoint, Safetensors file) {
        this.checkpoint = checkpoint;
        this.file = file;
    }

    /**
     * Opens a checkpoint, whose optimizer state may be missing.
     *
     * @throws io.minigpt.gpt.checkpoint.CorruptCheckpointException if a file is missing, truncated or changed
     * @throws UnsupportedModelException if the model is no GPT-2
     */
    static ExportedModel open(Path directory) throws IOException {
        Checkpoint checkpoint = Checkpoint.readModel(directory);
        if (checkpoint.model().architecture() != Architecture.GPT2) {
            throw new UnsupportedModelException("the model in " + directory
                    + " has the architecture modern, which neither Hugging Face's GPT-2 layout nor GGUF's gpt2 can"
                    + " hold; only models of the architecture gpt2 are exported");
        }
        return new ExportedModel(checkpoint, Safetensors.open(directory.resolve(Checkpoint.MODEL_FILE)));
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    ModelConfiguration configuration() {
        return checkpoint.model();
    }

    List<Gpt2Weight> weights() {
        return Gpt2Weight.of(configuration(), Tokenizer.SIZE);
    }

    /** The numbers of one of {@link #weights}, row-major, valid until this is closed. */
    FloatBuffer data(Gpt2Weight weight) {
        return bytes(weight).asFloatBuffer();
    }

    /** The same as 32-bit floats, little-endian. */
    ByteBuffer bytes(Gpt2Weight weight) {
        int bytes = Math.multiplyExact(Float.BYTES, weight.size());
        if (weight.bias() && !configuration().bias()) {
            return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        long[] shape = weight.shape().clone();
        if (weight.name().equals(Gpt2Weight.TOKEN_EMBEDDING)) {
            shape[0] = configuration().vocabularySize();
        }
        return file.tensor(weight.name(), shape).data().slice(0, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        file.close();
    }
}
