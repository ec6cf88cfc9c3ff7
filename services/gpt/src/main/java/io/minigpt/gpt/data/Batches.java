package io.minigpt.gpt.data;

/** The data of a training or an evaluation, as a pure function: the same number always gives the same batch. */
public sealed interface Batches permits RandomWindows, FixedWindows, PackedRecords {
    /** The batch of a forward pass, numbered from 0 over the whole run. */
    Batch batch(long number);
}
