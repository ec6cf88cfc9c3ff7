package io.minigpt.gpt.command;

import io.minigpt.gpt.export.GgufExport;
import io.minigpt.gpt.export.GgufType;
import io.minigpt.gpt.export.HuggingFaceExport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "export", description = "Write a checkpoint in another program's format.")
final class ExportCommand implements Callable<Integer> {
    /** What can be written. */
    enum Format {
        HUGGINGFACE,
        GGUF
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "<format>",
            required = true,
            description = "huggingface: a directory for transformers; gguf: a file for llama.cpp and Ollama.")
    private Format format;

    @Option(
            names = "--type",
            paramLabel = "<type>",
            description = "Numbers of a gguf file's matrices: f32 (default), bf16 or q8_0.")
    private GgufType type;

    @Option(
            names = "--name",
            paramLabel = "<name>",
            description = "Name of the model in its description (default: that of the target).")
    private String name;

    @Parameters(index = "0", paramLabel = "<checkpoint>", description = "Directory of the checkpoint.")
    private Path checkpoint;

    @Parameters(index = "1", paramLabel = "<target>", description = "Directory or file to make.")
    private Path target;

    @Override
    public Integer call() throws Exception {
        String fileName = target.toAbsolutePath().normalize().getFileName().toString();
        String title = name == null ? fileName.replaceFirst("\\.gguf$", "") : name;
        switch (format) {
            case HUGGINGFACE -> {
                if (type != null && type != GgufType.F32) {
                    throw new ParameterException(spec.commandLine(), "--type is for gguf; huggingface is always f32");
                }
                HuggingFaceExport.write(checkpoint, title, target);
            }
            case GGUF -> GgufExport.write(checkpoint, title, type == null ? GgufType.F32 : type, target);
        }
        spec.commandLine().getOut().println("wrote " + target);
        return 0;
    }
}
