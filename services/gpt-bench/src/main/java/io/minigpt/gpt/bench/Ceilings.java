package io.minigpt.gpt.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.minigpt.gpt.torch.TorchArchive;
import io.minigpt.gpt.torch.TorchModule;
import io.minigpt.gpt.torch.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The machine's own limits, measured.
 *
 * @param bf16 matrix products with bf16 operands, floating point operations a second; 0 without bf16 in hardware
 * @param f32 the same in f32
 * @param memory bytes a second that all cores together read
 */
record Ceilings(double bf16, double f32, double memory) {
    private static final int FLOAT32 = 6;
    private static final int BFLOAT16 = 15;
    private static final int RUNS = 5;
    /** M, K, N: a large square product, and the two shapes of a feed-forward layer of the 124M model. */
    private static final int[][] PRODUCTS = {{4096, 4096, 4096}, {2048, 768, 3072}, {2048, 3072, 768}};
    /** 1 GiB of f32, far beyond any cache. */
    private static final int MEMORY_ROWS = 65_536;

    private static final int MEMORY_COLUMNS = 4096;

    static Ceilings measure() {
        try (TorchModule module = new TorchModule(
                new TorchArchive("Ceilings", script(), Map.of("unused", TorchArchive.PLACEHOLDER)), Device.cpu())) {
            boolean hasBf16 = TorchRuntime.hasBf16(Device.cpu());
            double bf16 = hasBf16 ? products(module, "product", BFLOAT16) : 0;
            double f32 = Math.max(products(module, "product", FLOAT32), products(module, "dnn_product", FLOAT32));
            return new Ceilings(bf16, f32, memory(module));
        }
    }

    /** The rate for matrix products as the network does them. */
    double products() {
        return bf16 > 0 ? bf16 : f32;
    }

    String productsName() {
        return bf16 > 0 ? "bf16 products" : "f32 products";
    }

    /** A line for the head of the table. */
    String description() {
        return "Ceilings: matrix products " + gigas(bf16) + " GFLOP/s in bf16, " + gigas(f32) + " in f32; memory read "
                + gigas(memory) + " GB/s.";
    }

    private static String gigas(double rate) {
        return rate == 0 ? "no" : Row.number(rate / 1e9);
    }

    private static double products(TorchModule module, String method, int dtype) {
        double best = 0;
        for (int[] shape : PRODUCTS) {
            try (NDManager owner = module.manager().newSubManager()) {
                NDArray x = module.tensor(owner, "random", shape[0], shape[1], dtype);
                NDArray w = module.tensor(owner, "random", shape[2], shape[1], dtype);
                double seconds = seconds(module, method, x, w);
                best = Math.max(best, 2.0 * shape[0] * shape[1] * shape[2] / seconds);
            }
        }
        return best;
    }

    private static double memory(TorchModule module) {
        try (NDManager owner = module.manager().newSubManager()) {
            NDArray x = module.tensor(owner, "random", MEMORY_ROWS, MEMORY_COLUMNS, FLOAT32);
            NDArray v = module.tensor(owner, "random", 1, MEMORY_COLUMNS, FLOAT32);
            double seconds = Math.min(seconds(module, "product_with_vector", x, v), seconds(module, "sum", x));
            return (double) Float.BYTES * MEMORY_ROWS * MEMORY_COLUMNS / seconds;
        }
    }

    private static double seconds(TorchModule module, String method, Object... arguments) {
        return Median.ofRuns(RUNS, () -> {
            try (NDManager run = module.manager().newSubManager()) {
                long begin = System.nanoTime();
                module.tensor(run, method, arguments);
                return (System.nanoTime() - begin) / 1e9;
            }
        });
    }

    private static String script() {
        try (InputStream in = Optional.ofNullable(Ceilings.class.getResourceAsStream("ceilings.py"))
                .orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
