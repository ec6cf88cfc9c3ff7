package io.minigpt.local.system;

import io.minigpt.local.Refusal;
import io.minigpt.platform.servers.LinuxProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts processes that outlive this one: in a session of their own, without the terminal, writing to a log file. */
final class DetachedProcess {
    private static final long LARGE_LOG_BYTES = 32L << 20;
    private static final File NO_INPUT = new File("/dev/null");

    private DetachedProcess() {}

    static LinuxProcess start(List<String> command, Path folder, Map<String, String> variables, Path log) {
        List<String> inOwnSession = new ArrayList<>(List.of("setsid"));
        inOwnSession.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(inOwnSession)
                .directory(folder.toFile())
                .redirectInput(NO_INPUT)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(variables);
        try {
            setAsideIfLarge(log);
            long pid = builder.start().pid();
            return LinuxProcess.find(pid)
                    .orElseThrow(() -> Refusal.failed("Process " + pid + " ended at once; see " + log + "."));
        } catch (IOException failure) {
            throw Refusal.failed(
                    "The program " + command.getFirst() + " cannot be started: " + failure.getMessage() + ".", failure);
        }
    }

    private static void setAsideIfLarge(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LARGE_LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
