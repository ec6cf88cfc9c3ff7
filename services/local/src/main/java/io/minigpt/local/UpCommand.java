package io.minigpt.local;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "up", description = "Start what does not run, and wait until everything is ready.")
final class UpCommand implements Runnable {
    @Mixin
    private SystemOptions options;

    @Override
    public void run() {
        options.system().up();
    }
}
