package io.minigpt.tokenization;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Records that a model is asked about after training.
 *
 * @param name such as {@code unseen}
 * @param label what the model knows of each of them; empty if each has a label of its own
 * @param records record ids in order
 */
public record EvaluationSet(String name, Optional<Label> label, List<String> records) {

    private static final String FOLDER = "evaluation/";
    private static final String ENDING = ".jsonl";

    public EvaluationSet {
        Objects.requireNonNull(label, "label");
        records = List.copyOf(records);
    }

    /** A set whose records have one label. */
    public EvaluationSet(String name, Label label, List<String> records) {
        this(name, Optional.of(label), records);
    }

    /** Its file's name within the version. */
    public String file() {
        return file(name);
    }

    /** Name of the file of the set with this name. */
    public static String file(String name) {
        return FOLDER + name + ENDING;
    }

    /** Name of the set with this {@link #file()}. */
    public static String name(String file) {
        return file.substring(FOLDER.length(), file.length() - ENDING.length());
    }
}
