package io.minigpt.local.demo;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** The terminal that this program writes to, if it writes to one. */
final class Terminal {
    private static final int LEAST_WIDTH = 40;
    private static final int USUAL_WIDTH = 80;

    private Terminal() {}

    /** Its columns; empty when the output goes elsewhere. */
    static OptionalInt width() {
        Console console = System.console();
        if (console == null || !console.isTerminal() || "dumb".equals(System.getenv("TERM"))) {
            return OptionalInt.empty();
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", -1);
            return OptionalInt.of(size.length == 2 ? Math.max(LEAST_WIDTH, Integer.parseInt(size[1])) : USUAL_WIDTH);
        } catch (IOException | NumberFormatException unknown) {
            return OptionalInt.of(USUAL_WIDTH);
        }
    }
}
