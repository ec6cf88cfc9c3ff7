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

    public EvaluationSet {
        records = List.copyOf(records);
    }

    /** Its file's name within the version. */
    public String file() {
        return "evaluation/" + name + ".jsonl";
    }
}
