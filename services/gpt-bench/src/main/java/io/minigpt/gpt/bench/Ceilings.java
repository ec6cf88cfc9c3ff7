package io.minigpt.gpt.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.minigpt.gpt.torch.MatrixRate;
import io.minigpt.gpt.torch.TorchArchive;
import io.minigpt.gpt.torch.TorchModule;
import io.minigpt.gpt.torch.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** The machine's own limits, measured anew each time: on a shared machine they change from second to second. */
final class Ceilings implements AutoCloseable {
    private static final int RUNS = 5;
    private static final int SQUARE = 4096;
    /** 1 GiB of f32, far beyond any cache. */
    private static final int MEMORY_ROWS = 65_536;

    private static final int MEMORY_COLUMNS = 4096;

    private final TorchModule module = new TorchModule(new TorchArchive("Ceilings", script(), Map.of()), Device.cpu());
    private final boolean bf16 = TorchRuntime.hasBf16(Device.cpu());
    private final NDArray memory = module.tensor(module.manager(), "ones", MEMORY_ROWS, MEMORY_COLUMNS);
    private final NDArray vector = module.tensor(module.manager(), "ones", 1, MEMORY_COLUMNS);

    /** Floating point operations a second of matrix products, with operands as the network has them. */
    double products() {
        return MatrixRate.measure(Device.cpu(), bf16);
    }

    String productsName() {
        return bf16 ? "bf16 products" : "f32 products";
    }

    /** Bytes a second that all cores together read. */
    double memory() {
        double seconds = Math.min(best("product_with_vector", memory, vector), best("sum", memory));
        return (double) Float.BYTES * MEMORY_ROWS * MEMORY_COLUMNS / seconds;
    }

    /** A line for the head of the table. */
    String description() {
        double f32 = Math.max(MatrixRate.measure(Device.cpu(), false), dnnProducts());
        return "Ceilings at the start: matrix products " + (bf16 ? gigas(products()) : "no") + " GFLOP/s in bf16, "
                + gigas(f32) + " in f32; memory read " + gigas(memory()) + " GB/s.";
    }

    private static String gigas(double rate) {
        return Row.number(rate / 1e9);
    }

    /** f32 through oneDNN, which is faster on some processors than what libtorch takes by itself. */
    private double dnnProducts() {
        try (NDManager owner = module.manager().newSubManager()) {
            NDArray a = module.tensor(owner, "ones", SQUARE, SQUARE);
            NDArray b = module.tensor(owner, "ones", SQUARE, SQUARE);
            return 2.0 * SQUARE * SQUARE * SQUARE / best("dnn_product", a, b);
        }
    }

    private double best(String method, Object... arguments) {
        return DoubleStream.generate(() -> seconds(method, arguments))
                .limit(RUNS)
                .min()
                .orElseThrow();
    }

    private double seconds(String method, Object... arguments) {
        try (NDManager run = module.manager().newSubManager()) {
            long begin = System.nanoTime();
            module.tensor(run, method, arguments);
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    private static String script() {
        try (InputStream in = Optional.ofNullable(Ceilings.class.getResourceAsStream("ceilings.py"))
                .orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
