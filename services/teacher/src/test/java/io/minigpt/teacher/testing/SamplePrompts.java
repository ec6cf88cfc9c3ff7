package io.minigpt.teacher.testing;

import io.minigpt.teacher.Prompts;
import java.nio.file.Path;

/** The prompts of the repository. */
public final class SamplePrompts {

    /** Relative to the module's folder, where Maven runs tests. */
    public static final Path FOLDER = Path.of("../../config/prompts");

    private SamplePrompts() {}

    public static Prompts load() {
        return Prompts.load(FOLDER);
    }
}
