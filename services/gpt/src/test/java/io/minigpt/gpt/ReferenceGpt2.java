package io.minigpt.gpt;

import io.minigpt.gpt.checkpoint.NamedTensor;
import io.minigpt.gpt.configuration.Activation;
import io.minigpt.gpt.configuration.ModelConfiguration;
import java.util.List;

/** GPT-2, written from the paper and nanoGPT. */
final class ReferenceGpt2 extends ReferenceNetwork {
    ReferenceGpt2(ModelConfiguration configuration, List<NamedTensor> tensors) {
        super(configuration, tensors);
    }

    @Override
    double[][] logits(long[] ids) {
        int channels = configuration.channels();
        double[][] x = new double[ids.length][channels];
        for (int t = 0; t < ids.length; t++) {
            for (int c = 0; c < channels; c++) {
                x[t][c] = weight("transformer.wte.weight")[(int) ids[t] * channels + c]
                        + weight("transformer.wpe.weight")[t * channels + c];
            }
        }
        for (int layer = 0; layer < configuration.layers(); layer++) {
            String block = "transformer.h." + layer + ".";
            double[][] attended = map(
                    attention(map(map(x, block + "ln_1", this::layerNorm), block + "attn.c_attn", this::linear)),
                    block + "attn.c_proj",
                    this::linear);
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

    private double[] layerNorm(double[] x, String name) {
        double mean = 0;
        double variance = 0;
        for (double value : x) {
            mean += value / x.length;
        }
        for (double value : x) {
            variance += (value - mean) * (value - mean) / x.length;
        }
        double[] bias = weight(name + ".bias");
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(variance + 1e-5) * weight(name + ".weight")[i]
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
