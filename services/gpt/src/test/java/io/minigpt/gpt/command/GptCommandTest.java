package io.minigpt.gpt.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.export.RandomCheckpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GptCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void exportsAndImports() throws IOException {
        String checkpoint =
                RandomCheckpoint.write(directory.resolve("tiny"), Map.of()).toString();
        String exported = directory.resolve("hf").toString();

        assertThat(run("export", "--format", "gguf", "--type", "q8_0", checkpoint, exported + ".gguf"))
                .isZero();
        assertThat(run("export", "--format", "huggingface", checkpoint, exported))
                .isZero();
        assertThat(run("import", exported, exported + "-back")).isZero();

        assertThat(output.toString()).contains("wrote " + exported + "-back").contains("\"n_embd\":32");
        assertThat(Path.of(exported + ".gguf")).isNotEmptyFile();
        assertThat(errors.toString()).isEmpty();
    }

    @Test
    void saysInOneLineWhatItRefuses() throws IOException {
        String checkpoint = RandomCheckpoint.write(directory.resolve("tiny"), Map.of("n_embd", 24))
                .toString();
        String absent = directory.resolve("absent").toString();

        assertThat(run("export", "--format", "gguf", "--type", "q8_0", checkpoint, absent))
                .isEqualTo(1);
        assertThat(run("export", "--format", "gguf", checkpoint, checkpoint)).isEqualTo(1);
        assertThat(run("export", "--format", "gguf", absent, absent + ".gguf")).isEqualTo(1);
        assertThat(run("import", absent, checkpoint)).isEqualTo(1);
        assertThat(run("export", "--format", "onnx", checkpoint, absent)).isEqualTo(2);
        assertThat(run("export", "--format", "huggingface", "--type", "bf16", checkpoint, absent))
                .isEqualTo(2);

        assertThat(errors.toString().lines().toList()).hasSize(6);
        assertThat(errors.toString())
                .contains("n_embd is 24")
                .contains("never overwritten")
                .contains("is missing")
                .contains("no Hugging Face model")
                .contains("HUGGINGFACE, GGUF");
    }

    private int run(String... arguments) {
        CommandLine commands = GptCommand.commandLine();
        commands.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true));
        return commands.execute(arguments);
    }
}
