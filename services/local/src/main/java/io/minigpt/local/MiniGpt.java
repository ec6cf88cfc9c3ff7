package io.minigpt.local;

import io.minigpt.platform.servers.ServerStartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code minigpt}: a whole MiniGPT system on this machine. */
@Command(
        name = "minigpt",
        description = "A whole MiniGPT system on this machine.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DemoCommand.class,
            TopicsCommand.class,
            HelpCommand.class
        })
public final class MiniGpt {
    MiniGpt() {}

    /** Runs one command and exits: 0 it succeeded, 1 it failed, 2 it could not begin. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, ready to be executed. */
    public static CommandLine commandLine() {
        return new CommandLine(new MiniGpt())
                .setParameterExceptionHandler((mistake, arguments) -> {
                    mistake.getCommandLine().getErr().println(mistake.getMessage() + "; see \"minigpt help\".");
                    return Refusal.NOT_POSSIBLE;
                })
                .setExecutionExceptionHandler((failure, command, arguments) -> switch (failure) {
                    case Refusal refusal -> say(command, refusal, refusal.exitStatus());
                    case ServerStartException refused -> say(command, refused, Refusal.FAILED);
                    default -> throw failure;
                });
    }

    private static int say(CommandLine command, RuntimeException refusal, int exitStatus) {
        command.getErr().println(refusal.getMessage());
        return exitStatus;
    }
}
