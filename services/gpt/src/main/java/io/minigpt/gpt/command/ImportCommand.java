package io.minigpt.gpt.command;

import io.minigpt.gpt.checkpoint.Checkpoint;
import io.minigpt.gpt.export.HuggingFaceImport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "import", description = "Make a checkpoint of a Hugging Face GPT-2.")
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "<directory>",
            description = "Directory with config.json and model.safetensors.")
    private Path directory;

    @Parameters(index = "1", paramLabel = "<checkpoint>", description = "Directory of the checkpoint to make.")
    private Path checkpoint;

    @Override
    public Integer call() throws Exception {
        Checkpoint imported = HuggingFaceImport.read(directory, checkpoint);
        spec.commandLine()
                .getOut()
                .println("wrote " + checkpoint + ": " + imported.model().toJson());
        return 0;
    }
}
