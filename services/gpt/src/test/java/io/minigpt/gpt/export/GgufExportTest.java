package io.minigpt.gpt.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minigpt.gpt.checkpoint.CorruptCheckpointException;
import io.minigpt.gpt.checkpoint.Safetensors;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufExportTest {
    @TempDir
    private Path directory;

    @Test
    void beginsAsTheFormatSays() throws IOException {
        Path file = export(GgufType.F32, Map.of());

        byte[] start = Arrays.copyOf(Files.readAllBytes(file), 68);

        assertThat(HexFormat.of().formatHex(start))
                .isEqualTo(
                        "47475546" // GGUF
                                + "03000000" // version 3
                                + "1d00000000000000" // 29 tensors: 12 a layer, 2 embeddings, the last norm's 2, the
                                // head
                                + "1800000000000000" // 24 entries
                                + "1400000000000000" // the length of the first key
                                + "67656e6572616c2e617263686974656374757265" // general.architecture
                                + "08000000" // a string
                                + "0400000000000000" // of 4 bytes
                                + "67707432"); // gpt2
    }

    @Test
    void describesTheModel() throws IOException {
        GgufReader read = new GgufReader(export(GgufType.Q8_0, Map.of()));

        assertThat(read.metadata)
                .containsEntry("general.name", "tiny")
                .containsEntry("general.file_type", 7)
                .containsEntry("general.quantization_version", 2)
                .containsEntry("gpt2.block_count", 2)
                .containsEntry("gpt2.context_length", 24)
                .containsEntry("gpt2.embedding_length", 32)
                .containsEntry("gpt2.feed_forward_length", 128)
                .containsEntry("gpt2.attention.head_count", 2)
                .containsEntry("gpt2.attention.layer_norm_epsilon", 1e-5f)
                .containsEntry("tokenizer.ggml.model", "gpt2")
                .containsEntry("tokenizer.ggml.pre", "gpt-2")
                .containsEntry("tokenizer.ggml.bos_token_id", 50_256)
                .containsEntry("tokenizer.ggml.eos_token_id", 50_256)
                .containsEntry("tokenizer.ggml.add_bos_token", false)
                .containsEntry("minigpt.step", 12)
                .containsEntry("minigpt.provenance.dataset", "demo:3");
        assertThat((List<?>) read.metadata.get("tokenizer.ggml.tokens")).hasSize(50_257);
        assertThat((List<?>) read.metadata.get("tokenizer.ggml.merges")).hasSize(50_000);
        List<?> types = (List<?>) read.metadata.get("tokenizer.ggml.token_type");
        assertThat(types.subList(50_255, 50_257)).isEqualTo(List.of(1, 3));
    }

    @Test
    void holdsTheWeightsInFloatsToTheBit() throws IOException {
        GgufReader read = new GgufReader(export(GgufType.F32, Map.of("bias", true)));

        assertThat(read.tensors.get("token_embd.weight").dimensions()).containsExactly(32L, 50_257L);
        assertThat(read.tensors.get("blk.1.ffn_down.weight").dimensions()).containsExactly(128L, 32L);
        assertThat(read.tensors.get("token_embd.weight").numbers())
                .isEqualTo(Arrays.copyOf(weight("transformer.wte.weight", 50_304, 32), 50_257 * 32));
        assertThat(read.tensors.get("output.weight").data())
                .isEqualTo(read.tensors.get("token_embd.weight").data());
        assertThat(read.tensors.get("blk.1.ffn_down.weight").numbers())
                .isEqualTo(weight("transformer.h.1.mlp.c_proj.weight", 32, 128));
        assertThat(read.tensors.get("blk.0.attn_qkv.bias").numbers())
                .isEqualTo(weight("transformer.h.0.attn.c_attn.bias", 96));
    }

    @Test
    void givesAModelWithoutBiasesZeros() throws IOException {
        GgufReader read = new GgufReader(export(GgufType.F32, Map.of("bias", false)));

        assertThat(read.tensors.get("output_norm.bias").numbers()).isEqualTo(new float[32]);
        assertThat(read.tensors.get("blk.1.ffn_up.bias").numbers()).isEqualTo(new float[128]);
    }

    @Test
    void shortensMatricesAndNothingElse() throws IOException {
        GgufReader read = new GgufReader(export(GgufType.Q8_0, Map.of("bias", true)));

        assertThat(read.tensors.get("position_embd.weight").type()).isZero();
        assertThat(read.tensors.get("blk.0.attn_norm.weight").type()).isZero();
        assertThat(read.tensors.get("blk.0.attn_qkv.bias").type()).isZero();
        GgufReader.Tensor shortened = read.tensors.get("blk.0.attn_qkv.weight");
        assertThat(shortened.type()).isEqualTo(8);
        assertThat(shortened.numbers())
                .containsExactly(weight("transformer.h.0.attn.c_attn.weight", 96, 32), within(2e-3f));
    }

    @Test
    void refusesRowsThatDoNotFillTheBlocksOfQ8() throws IOException {
        Path checkpoint = RandomCheckpoint.write(directory.resolve("odd"), Map.of("n_embd", 24));
        Path target = directory.resolve("odd.gguf");

        assertThatThrownBy(() -> GgufExport.write(checkpoint, "odd", GgufType.Q8_0, target))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("n_embd is 24")
                .hasMessageContaining("f32 or bf16");
    }

    @Test
    void refusesTheModernArchitecture() throws IOException {
        Path checkpoint = RandomCheckpoint.writeModern(directory.resolve("modern"));
        Path target = directory.resolve("exported");

        assertThatThrownBy(() -> GgufExport.write(checkpoint, "modern", GgufType.F32, target))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("has the architecture modern")
                .hasMessageContaining("only models of the architecture gpt2 are exported");
        assertThatThrownBy(() -> HuggingFaceExport.write(checkpoint, "modern", target))
                .isInstanceOf(UnsupportedModelException.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void refusesATruncatedCheckpointAndLeavesNothing() throws IOException {
        Path checkpoint = RandomCheckpoint.write(directory.resolve("cut"), Map.of());
        Path weights = checkpoint.resolve("model.safetensors");
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 1000));

        assertThatThrownBy(() -> GgufExport.write(checkpoint, "cut", GgufType.F32, directory.resolve("cut.gguf")))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining("has 1000 bytes instead of");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(checkpoint);
        }
    }

    @Test
    void refusesToOverwrite() throws IOException {
        Path target = Files.writeString(directory.resolve("tiny.gguf"), "precious");
        Path checkpoint = RandomCheckpoint.write(directory.resolve("tiny"), Map.of());

        assertThatThrownBy(() -> GgufExport.write(checkpoint, "tiny", GgufType.F32, target))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("precious");
    }

    private Path export(GgufType type, Map<String, ?> overrides) throws IOException {
        Path checkpoint = RandomCheckpoint.write(directory.resolve("tiny"), overrides);
        Path target = directory.resolve("tiny.gguf");
        GgufExport.write(checkpoint, "tiny", type, target);
        return target;
    }

    private float[] weight(String name, long... shape) throws IOException {
        try (Safetensors file = Safetensors.open(directory.resolve("tiny/model.safetensors"))) {
            FloatBuffer data = file.tensor(name, shape).data().asFloatBuffer();
            float[] numbers = new float[data.remaining()];
            data.get(numbers);
            return numbers;
        }
    }
}
