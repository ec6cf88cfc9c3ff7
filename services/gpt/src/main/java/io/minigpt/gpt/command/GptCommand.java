package io.minigpt.gpt.command;

import io.minigpt.gpt.checkpoint.CorruptCheckpointException;
import io.minigpt.gpt.configuration.InvalidConfigurationException;
import io.minigpt.gpt.export.UnsupportedModelException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code minigpt-gpt}: what can be done with a model's files without loading the model. */
@Command(
        name = "minigpt-gpt",
        description = "Moves models between checkpoints and the formats of other programs.",
        subcommands = {ExportCommand.class, ImportCommand.class, HelpCommand.class})
public final class GptCommand {
    private static final int REFUSED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    GptCommand() {}

    /** Runs one command and exits: 0 it succeeded, 1 it was refused, 2 it was not understood. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, ready to be executed. */
    public static CommandLine commandLine() {
        return new CommandLine(new GptCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((mistake, arguments) -> {
                    mistake.getCommandLine().getErr().println(mistake.getMessage() + "; see \"minigpt-gpt help\".");
                    return NOT_UNDERSTOOD;
                })
                .setExecutionExceptionHandler((failure, command, arguments) -> switch (failure) {
                    case UnsupportedModelException refusal -> say(command, refusal.getMessage());
                    case CorruptCheckpointException refusal -> say(command, refusal.getMessage());
                    case InvalidConfigurationException refusal -> say(command, refusal.getMessage());
                    case FileSystemException refusal ->
                        say(
                                command,
                                refusal.getFile() + ": "
                                        + Objects.requireNonNullElse(refusal.getReason(), "there is no such file"));
                    case IOException refusal -> say(command, refusal.getMessage());
                    default -> throw failure;
                });
    }

    private static int say(CommandLine command, String refusal) {
        command.getErr().println(refusal);
        return REFUSED;
    }
}
