package io.minigpt.gpt;

import io.minigpt.gpt.configuration.Architecture;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.data.Batch;
import io.minigpt.gpt.torch.HostMemory;

/** What training holds in memory, estimated from below, in bytes. */
final class TrainingMemory {
    private static final int F32 = 4;

    private final ModelConfiguration model;
    private final int operandBytes;
    private final boolean fusedAttention;

    /**
     * @param bf16 whether the operands of matrix products are bf16, else f32
     * @param fusedAttention whether attention holds no weights of its own
     */
    TrainingMemory(ModelConfiguration model, boolean bf16, boolean fusedAttention) {
        this.model = model;
        this.operandBytes = bf16 ? 2 : F32;
        this.fusedAttention = fusedAttention;
    }

    /** Weights, gradients and two moments, and the operands where they are copies. */
    double state() {
        int copies = operandBytes == F32 ? 0 : operandBytes;
        return (double) model.parameters() * (4 * F32 + copies);
    }

    /** What a forward pass keeps for its backward pass. */
    double pass(Batch batch) {
        double channels = model.channels();
        // the residual stream before both norms, and, in the modern one, queries and keys before theirs
        double kept = F32 * channels * (model.architecture() == Architecture.MODERN ? 4 : 2);
        // both norms, queries (twice), keys, values, attention's result, the feed-forward layer before and after
        kept += operandBytes * channels * 15;
        if (!fusedAttention) {
            // the attention weights, and what dropout makes of them
            kept += operandBytes * (double) model.heads() * batch.columns() * (model.dropout() > 0 ? 2 : 1);
        }
        return model.layers() * kept * batch.rows() * batch.columns();
    }

    void requireState() {
        HostMemory.require(state(), "training a model of " + model.parameters() + " weights");
    }

    void requirePass(Batch batch) {
        HostMemory.require(pass(batch), "a batch of " + batch.rows() + " x " + batch.columns() + " tokens");
    }
}
