package io.minigpt.gpt.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/** How fast a device multiplies matrices: the ceiling that model FLOP utilisation is measured against. */
public final class MatrixRate {
    private static final int ROUNDS = 3;
    /** A GPU takes a fraction of a millisecond for one product. */
    private static final int GPU_TIMES = 100;

    /**
     * The layout of a linear layer, which a processor multiplies up to a fifth faster than rows by columns. Sums its
     * product, so that asking for the result waits until a GPU has it.
     */
    private static final String SCRIPT = """
            class MatrixRate(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool

              def square(self: __torch__.MatrixRate, like: Tensor, n: int, dtype: int) -> Tensor:
                return torch.to(torch.to(torch.rand([n, n]), like.device), dtype)

              def multiply(self: __torch__.MatrixRate, a: Tensor, b: Tensor, times: int) -> Tensor:
                c = torch.linear(a, b)
                for i in range(torch.sub(times, 1)):
                  c = torch.linear(a, b)
                return torch.to(torch.sum(c), 6)
            """;

    private MatrixRate() {}

    /** The best of a few rounds with products of 4,096 x 4,096 matrices, in operations a second; takes about a second. */
    public static double measure(Device device, boolean bf16) {
        return measure(device, bf16, 4096);
    }

    static double measure(Device device, boolean bf16, int size) {
        try (TorchModule module = new TorchModule(new TorchArchive("MatrixRate", SCRIPT, Map.of()), device);
                NDManager manager = module.manager().newSubManager()) {
            NDArray like = manager.create(0f);
            int dtype = bf16 ? TorchTypes.BFLOAT16 : TorchTypes.FLOAT32;
            NDArray a = module.tensor(manager, "square", like, size, dtype);
            NDArray b = module.tensor(manager, "square", like, size, dtype);
            int times = device.isGpu() ? GPU_TIMES : 1;
            double best = seconds(module, manager, a, b, times);
            for (int round = 1; round < ROUNDS; round++) {
                best = Math.min(best, seconds(module, manager, a, b, times));
            }
            return times * 2.0 * size * size * size / best;
        }
    }

    private static double seconds(TorchModule module, NDManager manager, NDArray a, NDArray b, int times) {
        long begin = System.nanoTime();
        module.tensor(manager, "multiply", a, b, times).toFloatArray();
        return (System.nanoTime() - begin) / 1e9;
    }
}
