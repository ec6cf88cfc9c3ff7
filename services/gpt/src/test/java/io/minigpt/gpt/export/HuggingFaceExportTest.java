package io.minigpt.gpt.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.checkpoint.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceExportTest {
    @TempDir
    private Path directory;

    @Test
    void writesTheFilesThatTransformersLoads() throws IOException {
        Path exported = export(Map.of("dropout", 0.1, "activation", "gelu_tanh"));

        assertThat(directory.resolve("exported"))
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
        JsonNode config = json(exported.resolve("config.json"));
        assertThat(config.path("model_type").asText()).isEqualTo("gpt2");
        assertThat(config.path("architectures").path(0).asText()).isEqualTo("GPT2LMHeadModel");
        assertThat(config.path("activation_function").asText()).isEqualTo("gelu_new");
        assertThat(config.path("vocab_size").asInt()).isEqualTo(50_257);
        assertThat(config.path("n_positions").asInt()).isEqualTo(24);
        assertThat(config.path("resid_pdrop").asDouble()).isEqualTo(0.1);
        assertThat(config.path("minigpt").path("provenance").path("dataset").asText())
                .isEqualTo("demo:3");
        assertThat(json(exported.resolve("vocab.json")).path("Ġthe").asInt()).isEqualTo(262);
        assertThat(json(exported.resolve("generation_config.json"))
                        .path("eos_token_id")
                        .asInt())
                .isEqualTo(50_256);
        assertThat(json(exported.resolve("tokenizer_config.json"))
                        .path("chat_template")
                        .asText())
                .contains("'Q: ' + message['content'] + '\\n'");
        JsonNode tokenizer = json(exported.resolve("tokenizer.json"));
        assertThat(tokenizer.path("model").path("vocab").size()).isEqualTo(50_257);
        assertThat(tokenizer.path("model").path("merges").path(0).asText()).isEqualTo("Ġ t");
        assertThat(Files.readAllLines(exported.resolve("merges.txt")))
                .hasSize(50_001)
                .startsWith("#version: 0.2", "Ġ t");
    }

    @Test
    void transposesTheProjectionsAndZeroesTheBiasesThatAreNot() throws IOException {
        Path exported = export(Map.of("bias", false));

        try (Safetensors ours = Safetensors.open(directory.resolve("checkpoint/model.safetensors"));
                Safetensors theirs = Safetensors.open(exported.resolve("model.safetensors"))) {
            FloatBuffer linear = ours.tensor("transformer.h.1.attn.c_attn.weight", 96, 32)
                    .data()
                    .asFloatBuffer();
            FloatBuffer conv1d = theirs.tensor("transformer.h.1.attn.c_attn.weight", 32, 96)
                    .data()
                    .asFloatBuffer();
            assertThat(conv1d.get(5 * 96 + 70)).isEqualTo(linear.get(70 * 32 + 5));
            assertThat(theirs.tensor("transformer.h.0.mlp.c_fc.bias", 128).data())
                    .isEqualTo(ByteBuffer.allocate(4 * 128));
            assertThat(theirs.tensor("transformer.wte.weight", 50_257, 32).shape())
                    .containsExactly(50_257, 32);
        }
        assertThat(new String(Files.readAllBytes(exported.resolve("model.safetensors")), 8, 40, StandardCharsets.UTF_8))
                .startsWith("{\"__metadata__\":{\"format\":\"pt\"}");
    }

    @Test
    void comesBackToTheBit() throws IOException {
        for (boolean bias : new boolean[] {false, true}) {
            Path checkpoint = RandomCheckpoint.write(
                    directory.resolve("original-" + bias), Map.of("bias", bias, "vocab_size", 50_257, "dropout", 0.25));
            Path exported = directory.resolve("exported-" + bias);
            Path back = directory.resolve("back-" + bias);

            HuggingFaceExport.write(checkpoint, "tiny", exported);
            HuggingFaceImport.read(exported, back);

            Checkpoint original = Checkpoint.readModel(checkpoint);
            Checkpoint imported = Checkpoint.readModel(back);
            assertThat(imported.model()).isEqualTo(original.model());
            assertThat(imported.files().get(Checkpoint.MODEL_FILE))
                    .isEqualTo(original.files().get(Checkpoint.MODEL_FILE));
        }
    }

    @Test
    void needsTheMemoryOfAMatrixNotOfTheModel() throws IOException, InterruptedException {
        // Given 26 MB of weights, matrices of up to 256 KB among them
        Path checkpoint = RandomCheckpoint.write(directory.resolve("checkpoint"), Map.of("n_embd", 128));
        Path exported = directory.resolve("exported");
        Path log = directory.resolve("log");

        // When
        Process export = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx96m",
                        "-XX:MaxDirectMemorySize=2m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.minigpt.gpt.command.GptCommand",
                        "export",
                        "--format",
                        "huggingface",
                        checkpoint.toString(),
                        exported.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        // Then
        assertThat(export.waitFor()).as(Files.readString(log)).isZero();
        assertThat(exported.resolve("model.safetensors")).isNotEmptyFile();
    }

    @Test
    void refusesToOverwrite() throws IOException {
        Path exported = export(Map.of());

        assertThatThrownBy(() -> HuggingFaceExport.write(directory.resolve("checkpoint"), "tiny", exported))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    private Path export(Map<String, ?> overrides) throws IOException {
        Path checkpoint = RandomCheckpoint.write(directory.resolve("checkpoint"), overrides);
        Path target = directory.resolve("exported");
        HuggingFaceExport.write(checkpoint, "tiny", target);
        return target;
    }

    private static JsonNode json(Path file) throws IOException {
        return new JsonMapper().readTree(Files.readAllBytes(file));
    }
}
