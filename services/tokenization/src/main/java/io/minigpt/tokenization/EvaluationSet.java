package io.minigpt.tokenization;

import java.util.List;

/**
 * Records that a model is asked about after training.
 *
 * @param name such as {@code unseen}
 * @param label what the model knows of each of them
 * @param records record ids in order
 */
public record EvaluationSet(String name, Label label, List<String> records) {

    private static final String FOLDER = "evaluation/";
    private static final String ENDING = ".jsonl";

    public EvaluationSet {
        records = List.copyOf(records);
    }

    /** Its file's name within the version. */
    public String file() {
        return FOLDER + name + ENDING;
    }

    /** Name of the set with this {@link #file()}. */
    public static String name(String file) {
        return file.substring(FOLDER.length(), file.length() - ENDING.length());
    }
}
