package io.minigpt.gpt.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * One loaded TorchScript object and the arrays that live as long as it does. A method is called by name, in one of two
 * ways, because DJL has two: {@link #tensor} and its like run in libtorch's inference mode and take typed arguments
 * ({@link NDArray}, {@code List<NDArray>}, Integer, Long, {@code long[]}, Double, Boolean); {@link #trainingTensor} runs with
 * gradients and takes tensors only, so numbers arrive there as tensors of one element.
 *
 * <p>A module may be called from any thread, by one at a time. Calls in progress hold up the end of the JVM, see
 * {@link TorchRuntime}.
 */
public final class TorchModule implements AutoCloseable {
    private final NDManager manager;
    private final PtSymbolBlock block;

    /**
     * Loads the archive onto the device.
     *
     * @throws DeviceMemoryException if there is not enough memory
     */
    public TorchModule(TorchArchive archive, Device device) {
        TorchRuntime.start();
        this.manager = NDManager.newBaseManager(device);
        try {
            this.block = JniUtils.loadModule(
                    (PtNDManager) manager, new ByteArrayInputStream(archive.toBytes()), true, false);
        } catch (IOException e) {
            manager.close();
            throw new UncheckedIOException(e);
        }
    }

    /** The owner of arrays that live as long as the module; a step's arrays belong to a sub-manager of it. */
    public NDManager manager() {
        return manager;
    }

    /** Calls a method whose result is of no interest. */
    public void run(String method, Object... arguments) {
        call(method, arguments).close();
    }

    /** Calls a method that returns one tensor, which then belongs to {@code owner}. */
    public NDArray tensor(NDManager owner, String method, Object... arguments) {
        try (IValue result = call(method, arguments)) {
            return result.toTensor((PtNDManager) owner);
        }
    }

    /** Calls a method that returns a list of tensors, which then belong to {@code owner}. */
    public List<NDArray> tensors(NDManager owner, String method, Object... arguments) {
        try (IValue result = call(method, arguments)) {
            return List.of(result.toTensorArray((PtNDManager) owner));
        }
    }

    /** Calls, with gradients, a method of tensors that returns one tensor, which then belongs to {@code owner}. */
    public NDArray trainingTensor(NDManager owner, String method, Object... arguments) {
        NDArray target = owner.create(0f);
        target.setName("module_method:" + method);
        NDList inputs = new NDList(target);
        for (Object argument : arguments) {
            inputs.add(oneTensor(owner, argument));
        }
        TorchRuntime.enter();
        try {
            JniUtils.setGraphExecutorOptimize(false);
            JniUtils.setGradMode(true);
            return IValueUtils.forward(block, inputs, true).singletonOrThrow();
        } catch (EngineException e) {
            throw DeviceMemoryException.orSame(e);
        } finally {
            TorchRuntime.leave();
        }
    }

    private IValue call(String method, Object... arguments) {
        IValue[] values = new IValue[arguments.length];
        TorchRuntime.enter();
        try {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = value(arguments[i]);
            }
            // thread-local in libtorch: with its graph optimizer on, bf16 gradients come out wrong
            JniUtils.setGraphExecutorOptimize(false);
            return IValueUtils.runMethod(block, method, values);
        } catch (EngineException e) {
            throw DeviceMemoryException.orSame(e);
        } finally {
            for (IValue value : values) {
                if (value != null) {
                    value.close();
                }
            }
            TorchRuntime.leave();
        }
    }

    private static NDArray oneTensor(NDManager owner, Object argument) {
        return switch (argument) {
            case NDArray array -> array;
            case Integer number -> owner.create(new long[] {number}).toDevice(Device.cpu(), false);
            case Double number -> owner.create(new double[] {number}).toDevice(Device.cpu(), false);
            default -> throw new IllegalArgumentException("no tensor for " + argument.getClass());
        };
    }

    private static IValue value(Object argument) {
        return switch (argument) {
            case PtNDArray array -> IValue.from(array);
            case List<?> arrays -> IValue.listFrom(arrays.toArray(PtNDArray[]::new));
            case Integer number -> IValue.from(number.longValue());
            case Long number -> IValue.from(number.longValue());
            case long[] numbers -> IValue.listFrom(numbers);
            case Double number -> IValue.from(number.doubleValue());
            case Boolean flag -> IValue.from(flag.booleanValue());
            default -> throw new IllegalArgumentException("no TorchScript value for " + argument.getClass());
        };
    }

    @Override
    public void close() {
        block.close();
        manager.close();
    }
}
