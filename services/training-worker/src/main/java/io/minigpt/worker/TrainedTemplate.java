package io.minigpt.worker;

import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.proto.dataset.v1.DatasetVersion;

/** The form that the pairs of a dataset version have. */
public final class TrainedTemplate {

    private TrainedTemplate() {}

    /** The version's template; the usual one if it names none. */
    public static PairTemplate of(DatasetVersion dataset) {
        return dataset.hasTemplate()
                ? new PairTemplate(
                        dataset.getTemplate().getPrompt(),
                        dataset.getTemplate().getAnswer(),
                        dataset.getTemplate().getEnd())
                : PairTemplate.STANDARD;
    }
}
