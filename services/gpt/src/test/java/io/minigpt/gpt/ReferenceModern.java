package io.minigpt.gpt;

import io.minigpt.gpt.checkpoint.NamedTensor;
import io.minigpt.gpt.configuration.ModelConfiguration;
import java.util.Arrays;
import java.util.List;

/** The modern architecture, written from nanochat. */
final class ReferenceModern extends ReferenceNetwork {
    private static final double EPSILON = Math.pow(2, -23);

    ReferenceModern(ModelConfiguration configuration, List<NamedTensor> tensors) {
        super(configuration, tensors);
    }

    @Override
    double[][] logits(long[] ids) {
        int channels = configuration.channels();
        double[][] x = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            int row = (int) ids[t] * channels;
            x[t] = norm(Arrays.copyOfRange(weight("transformer.wte.weight"), row, row + channels));
        }
        for (int layer = 0; layer < configuration.layers(); layer++) {
            String block = "transformer.h." + layer + ".";
            double[][] qkv = map(normed(x), block + "attn.c_attn", this::linear);
            for (int t = 0; t < qkv.length; t++) {
                turnAndNorm(qkv[t], t);
            }
            add(x, map(attention(qkv), block + "attn.c_proj", this::linear));
            double[][] hidden = map(normed(x), block + "mlp.c_fc", this::linear);
            for (double[] row : hidden) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = Math.pow(Math.max(0, row[i]), 2);
                }
            }
            add(x, map(hidden, block + "mlp.c_proj", this::linear));
        }
        return map(normed(x), "lm_head", this::linear);
    }

    /** Turns each pair of every head's query and key by its angle at a position, then normalises each head's. */
    private void turnAndNorm(double[] qkv, int position) {
        int size = configuration.channels() / configuration.heads();
        for (int head = 0; head < 2 * configuration.heads(); head++) {
            double[] turned = new double[size];
            for (int i = 0; i < size / 2; i++) {
                double angle = position * Math.pow(10_000, -2.0 * i / size);
                double x1 = qkv[head * size + i];
                double x2 = qkv[head * size + size / 2 + i];
                turned[i] = x1 * Math.cos(angle) + x2 * Math.sin(angle);
                turned[size / 2 + i] = -x1 * Math.sin(angle) + x2 * Math.cos(angle);
            }
            System.arraycopy(norm(turned), 0, qkv, head * size, size);
        }
    }

    private static double[][] normed(double[][] x) {
        return Arrays.stream(x).map(ReferenceModern::norm).toArray(double[][]::new);
    }

    private static double[] norm(double[] x) {
        double mean = Arrays.stream(x).map(value -> value * value).sum() / x.length;
        return Arrays.stream(x).map(value -> value / Math.sqrt(mean + EPSILON)).toArray();
    }
}
