package io.minigpt.worker;

import io.minigpt.proto.training.v1.Sample;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a checkpoint said when it was asked.
 *
 * @param score mean ROUGE-L over the selection sets; empty if there are none
 * @param samples its answers to the run's fixed prompts
 */
public record Examination(OptionalDouble score, List<Sample> samples) {

    /** Nothing was asked. */
    public static final Examination NONE = new Examination(OptionalDouble.empty(), List.of());

    public Examination {
        samples = List.copyOf(samples);
    }
}
