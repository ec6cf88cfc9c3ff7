package io.minigpt.local;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "down", description = "Stop every process. All data stays.")
final class DownCommand implements Runnable {
    @Mixin
    private SystemOptions options;

    @Override
    public void run() {
        options.system().down();
    }
}
