package io.minigpt.gpt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.minigpt.gpt.checkpoint.Safetensors;
import io.minigpt.gpt.configuration.Architecture;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.torch.TorchModule;

/**
 * The weights of a file on their way into decode.py, which packs them: one matrix in f32 at a time.
 *
 * @param readers whether matrices are wanted twice, also in the type in which prompts are read
 */
record DecodingWeights(ModelConfiguration model, Safetensors file, boolean readers) {
    private static final double ROTATION_BASE = 10_000;

    void addTo(TorchModule module) {
        long c = model.channels();
        embedding(module);
        for (int layer = 0; layer < model.layers(); layer++) {
            norm(module, WeightKind.LN_1, WeightKind.LN_1_BIAS, layer);
            matrix(module, WeightKind.ATTENTION, WeightKind.ATTENTION_BIAS, layer, 3 * c, c);
            matrix(module, WeightKind.ATTENTION_PROJECTION, WeightKind.ATTENTION_PROJECTION_BIAS, layer, c, c);
            norm(module, WeightKind.LN_2, WeightKind.LN_2_BIAS, layer);
            matrix(module, WeightKind.MLP, WeightKind.MLP_BIAS, layer, 4 * c, c);
            matrix(module, WeightKind.MLP_PROJECTION, WeightKind.MLP_PROJECTION_BIAS, layer, c, 4 * c);
        }
        norm(module, WeightKind.LN_F, WeightKind.LN_F_BIAS, 0);
        head(module);
    }

    private void embedding(TorchModule module) {
        long c = model.channels();
        try (NDManager step = module.manager().newSubManager()) {
            NDArray tokens = tensor(step, WeightKind.TOKEN_EMBEDDING, 0, model.vocabularySize(), c);
            NDArray positions =
                    modern() ? none(step) : tensor(step, WeightKind.POSITION_EMBEDDING, 0, model.blockSize(), c);
            module.run("embed_with", tokens, positions);
            if (modern()) {
                module.run("rotate_with", step.create(0f), model.blockSize(), ROTATION_BASE);
            }
        }
    }

    private void norm(TorchModule module, WeightKind weight, WeightKind bias, int layer) {
        if (modern()) {
            return;
        }
        try (NDManager step = module.manager().newSubManager()) {
            long c = model.channels();
            module.run("add_norm", tensor(step, weight, layer, c), bias(step, bias, layer, c));
        }
    }

    private void matrix(TorchModule module, WeightKind weight, WeightKind bias, int layer, long rows, long columns) {
        try (NDManager step = module.manager().newSubManager()) {
            NDArray biases = bias(step, bias, layer, rows);
            module.run("add_matrix", tensor(step, weight, layer, rows, columns), biases, readers);
        }
    }

    private void head(TorchModule module) {
        WeightKind kind = modern() ? WeightKind.HEAD : WeightKind.TOKEN_EMBEDDING;
        try (NDManager step = module.manager().newSubManager()) {
            NDArray weight = tensor(step, kind, 0, model.vocabularySize(), model.channels());
            module.run("add_matrix", weight, none(step), false);
        }
    }

    private NDArray bias(NDManager step, WeightKind kind, int layer, long size) {
        return model.bias() ? tensor(step, kind, layer, size) : none(step);
    }

    private NDArray tensor(NDManager step, WeightKind kind, int layer, long... shape) {
        return step.create(file.tensor(kind.name(layer), shape).data(), new Shape(shape), DataType.FLOAT32);
    }

    private static NDArray none(NDManager step) {
        return step.create(new Shape(0));
    }

    private boolean modern() {
        return model.architecture() == Architecture.MODERN;
    }
}
