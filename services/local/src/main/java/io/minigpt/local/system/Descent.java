package io.minigpt.local.system;

import io.minigpt.platform.servers.LinuxProcess;
import java.util.Optional;

/** Who started whom. */
final class Descent {
    private Descent() {}

    /** Whether {@code process} is {@code ancestor} or was started by it, directly or not. */
    static boolean includes(LinuxProcess ancestor, LinuxProcess process) {
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
        while (handle.isPresent()) {
            if (handle.get().pid() == ancestor.pid()) {
                return ancestor.isRunning();
            }
            handle = handle.get().parent();
        }
        return false;
    }
}
