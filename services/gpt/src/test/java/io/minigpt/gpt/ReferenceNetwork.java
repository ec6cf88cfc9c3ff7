package io.minigpt.gpt;

import io.minigpt.gpt.checkpoint.NamedTensor;
import io.minigpt.gpt.configuration.ModelConfiguration;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A forward pass in plain double-precision Java, one token at a time. */
abstract class ReferenceNetwork {
    final ModelConfiguration configuration;
    private final Map<String, double[]> weights = new HashMap<>();

    ReferenceNetwork(ModelConfiguration configuration, List<NamedTensor> tensors) {
        this.configuration = configuration;
        for (NamedTensor tensor : tensors) {
            FloatBuffer floats = tensor.data().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            double[] values = new double[floats.remaining()];
            for (int i = 0; i < values.length; i++) {
                values[i] = floats.get(i);
            }
            weights.put(tensor.name(), values);
        }
    }

    static ReferenceNetwork of(ModelConfiguration configuration, List<NamedTensor> tensors) {
        return switch (configuration.architecture()) {
            case GPT2 -> new ReferenceGpt2(configuration, tensors);
            case MODERN -> new ReferenceModern(configuration, tensors);
        };
    }

    double[] weight(String name) {
        return weights.get(name);
    }

    /** The logits after each token. */
    abstract double[][] logits(long[] ids);

    /** The mean cross-entropy of the targets that count. */
    double loss(long[] ids, long[] targets) {
        double[][] logits = logits(ids);
        double sum = 0;
        int counted = 0;
        for (int t = 0; t < ids.length; t++) {
            if (targets[t] >= 0) {
                double total = 0;
                for (double logit : logits[t]) {
                    total += Math.exp(logit);
                }
                sum += Math.log(total) - logits[t][(int) targets[t]];
                counted++;
            }
        }
        return sum / counted;
    }

    interface Layer {
        double[] apply(double[] x, String name);
    }

    static double[][] map(double[][] x, String name, Layer layer) {
        double[][] y = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            y[t] = layer.apply(x[t], name);
        }
        return y;
    }

    static void add(double[][] x, double[][] y) {
        for (int t = 0; t < x.length; t++) {
            for (int c = 0; c < x[t].length; c++) {
                x[t][c] += y[t][c];
            }
        }
    }

    /** Causal attention of one head after another, of rows that are queries, keys and values one after another. */
    double[][] attention(double[][] qkv) {
        int channels = configuration.channels();
        int size = channels / configuration.heads();
        double[][] y = new double[qkv.length][channels];
        for (int head = 0; head < configuration.heads(); head++) {
            for (int t = 0; t < qkv.length; t++) {
                double[] score = new double[t + 1];
                double total = 0;
                for (int s = 0; s <= t; s++) {
                    for (int d = 0; d < size; d++) {
                        score[s] += qkv[t][head * size + d] * qkv[s][channels + head * size + d];
                    }
                    score[s] = Math.exp(score[s] / Math.sqrt(size));
                    total += score[s];
                }
                for (int s = 0; s <= t; s++) {
                    for (int d = 0; d < size; d++) {
                        y[t][head * size + d] += score[s] / total * qkv[s][2 * channels + head * size + d];
                    }
                }
            }
        }
        return y;
    }

    double[] linear(double[] x, String name) {
        double[] matrix = weights.get(name + ".weight");
        double[] bias = weights.get(name + ".bias");
        double[] y = new double[matrix.length / x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = bias == null ? 0 : bias[i];
            for (int j = 0; j < x.length; j++) {
                y[i] += matrix[i * x.length + j] * x[j];
            }
        }
        return y;
    }
}
