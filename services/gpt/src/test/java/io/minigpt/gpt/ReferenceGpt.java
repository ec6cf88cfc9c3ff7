package io.minigpt.gpt;

import io.minigpt.gpt.checkpoint.NamedTensor;
import io.minigpt.gpt.configuration.Activation;
import io.minigpt.gpt.configuration.ModelConfiguration;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** GPT-2's forward pass in plain double-precision Java, written from the paper and nanoGPT, one token at a time. */
final class ReferenceGpt {
    private final ModelConfiguration configuration;
    private final Map<String, double[]> weights = new HashMap<>();

    ReferenceGpt(ModelConfiguration configuration, List<NamedTensor> tensors) {
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

    double[] weight(String name) {
        return weights.get(name);
    }

    /** The logits after each token. */
    double[][] logits(long[] ids) {
        int channels = configuration.channels();
        double[][] x = new double[ids.length][channels];
        for (int t = 0; t < ids.length; t++) {
            for (int c = 0; c < channels; c++) {
                x[t][c] = weights.get("transformer.wte.weight")[(int) ids[t] * channels + c]
                        + weights.get("transformer.wpe.weight")[t * channels + c];
            }
        }
        for (int layer = 0; layer < configuration.layers(); layer++) {
            String block = "transformer.h." + layer + ".";
            double[][] attended = attention(map(x, block + "ln_1", this::layerNorm), block + "attn.");
            add(x, attended);
            double[][] hidden = map(map(x, block + "ln_2", this::layerNorm), block + "mlp.c_fc", this::linear);
            for (double[] row : hidden) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = gelu(row[i]);
                }
            }
            add(x, map(hidden, block + "mlp.c_proj", this::linear));
        }
        return map(map(x, "transformer.ln_f", this::layerNorm), "transformer.wte", this::linear);
    }

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

    private interface Layer {
        double[] apply(double[] x, String name);
    }

    private static double[][] map(double[][] x, String name, Layer layer) {
        double[][] y = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            y[t] = layer.apply(x[t], name);
        }
        return y;
    }

    private static void add(double[][] x, double[][] y) {
        for (int t = 0; t < x.length; t++) {
            for (int c = 0; c < x[t].length; c++) {
                x[t][c] += y[t][c];
            }
        }
    }

    private double[][] attention(double[][] x, String name) {
        int channels = configuration.channels();
        int size = channels / configuration.heads();
        double[][] qkv = map(x, name + "c_attn", this::linear);
        double[][] y = new double[x.length][channels];
        for (int head = 0; head < configuration.heads(); head++) {
            for (int t = 0; t < x.length; t++) {
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
        return map(y, name + "c_proj", this::linear);
    }

    private double[] linear(double[] x, String name) {
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

    private double[] layerNorm(double[] x, String name) {
        double mean = 0;
        double variance = 0;
        for (double value : x) {
            mean += value / x.length;
        }
        for (double value : x) {
            variance += (value - mean) * (value - mean) / x.length;
        }
        double[] bias = weights.get(name + ".bias");
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(variance + 1e-5) * weights.get(name + ".weight")[i]
                    + (bias == null ? 0 : bias[i]);
        }
        return y;
    }

    private double gelu(double x) {
        return configuration.activation() == Activation.GELU_TANH
                ? 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))
                : 0.5 * x * (1 + erf(x / Math.sqrt(2)));
    }

    /** Its series of positive terms, Abramowitz and Stegun 7.1.6. */
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
