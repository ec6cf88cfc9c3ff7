package io.minigpt.gpt.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The process's one libtorch: loaded on first use, offline, and left in good order. libtorch crashes when the process
 * ends inside a native call, so the JVM's shutdown waits until nobody {@link #hold}s it, then lets no new call begin and
 * waits for those in progress; for each at most {@value #DRAIN_SECONDS} s.
 */
public final class TorchRuntime {
    private static final int DRAIN_SECONDS = 30;
    // malloc.h
    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_TOP_PAD = -2;
    private static final int M_MMAP_MAX = -4;
    private static final int M_ARENA_MAX = -8;

    private static final ReadWriteLock CALLS = new ReentrantReadWriteLock();
    private static final Object HOLDS = new Object();
    private static int holds;
    private static boolean stopping;
    private static volatile boolean refusing;
    private static boolean started;
    private static boolean keepsMemory;

    /** Puts off the end of libtorch until it is closed. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    private TorchRuntime() {}

    /**
     * Loads libtorch unless that is done.
     *
     * @throws IllegalStateException on a platform for which no libtorch is packaged
     */
    public static synchronized void start() {
        if (started) {
            return;
        }
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!platform.equalsIgnoreCase("linux amd64")) {
            throw new IllegalStateException("MiniGPT's model runs on Linux x86-64, not on " + platform);
        }
        setDefault("ai.djl.offline", "true");
        setDefault("OPT_OUT_TRACKING", "true");
        Engine.getEngine("PyTorch");
        Runtime.getRuntime().addShutdownHook(new Thread(TorchRuntime::drain, "torch-drain"));
        started = true;
    }

    /** Threads of one native operation, for the whole process; by default libtorch takes one per core. */
    public static void threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + count);
        }
        start();
        JniUtils.setNumThreads(count);
    }

    /**
     * Makes the C library keep freed memory for the next allocation instead of giving it back to the system: a training
     * step allocates and frees hundreds of megabytes, and a fifth of its time goes into their page faults otherwise.
     */
    public static synchronized void keepFreedMemory() {
        if (!keepsMemory) {
            mallopt(M_ARENA_MAX, 1);
            mallopt(M_MMAP_MAX, 0);
            mallopt(M_TRIM_THRESHOLD, Integer.MAX_VALUE);
            mallopt(M_TOP_PAD, 64 << 20);
            keepsMemory = true;
        }
    }

    /** Gives the memory back that {@link #keepFreedMemory} has kept until now. */
    public static void returnFreedMemory() {
        try {
            // 1 if there was something to give back, else 0
            int ignored = (int) libc("malloc_trim", ValueLayout.JAVA_LONG).invokeExact(0L);
        } catch (Throwable e) {
            throw new IllegalStateException("calling malloc_trim failed", e);
        }
    }

    private static void mallopt(int parameter, int value) {
        int accepted;
        try {
            accepted = (int)
                    libc("mallopt", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT).invokeExact(parameter, value);
        } catch (Throwable e) {
            throw new IllegalStateException("calling mallopt failed", e);
        }
        if (accepted != 1) {
            throw new IllegalStateException("mallopt refused to set its parameter " + parameter + " to " + value);
        }
    }

    private static MethodHandle libc(String function, MemoryLayout... parameters) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup().findOrThrow(function);
        return linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
    }

    /** Seeds the process's one native random generator, that of dropout and of fresh weights. */
    public static void seed(long seed) {
        JniUtils.setSeed(seed);
    }

    /**
     * The device of a configuration's {@code device} key.
     *
     * @param name auto (a GPU if there is one), cpu, cuda or cuda:N
     * @throws IllegalArgumentException if there is no such device
     */
    public static Device device(String name) {
        start();
        // asked on a machine without a driver, DJL logs a warning
        boolean driver = Files.exists(Path.of("/proc/driver/nvidia"));
        int gpus = driver ? Engine.getEngine("PyTorch").getGpuCount() : 0;
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "cpu" -> Device.cpu();
            case "auto" -> gpus > 0 ? Device.gpu() : Device.cpu();
            case "cuda" -> gpu(0, gpus);
            case String other when other.matches("cuda:\\d{1,3}") -> gpu(Integer.parseInt(other.substring(5)), gpus);
            default -> throw new IllegalArgumentException("device is auto, cpu, cuda or cuda:N, not " + name);
        };
    }

    /** Whether the device multiplies bf16 matrices in hardware. */
    public static boolean hasBf16(Device device) {
        return device.isGpu() || processorHas("amx_bf16") || processorHas("avx512_bf16");
    }

    /** Whether the processor adds products of 8-bit integers in 32 bits. */
    public static boolean hasVnni() {
        return processorHas("avx512_vnni") || processorHas("avx_vnni");
    }

    private static boolean processorHas(String flag) {
        try {
            return Files.readString(Path.of("/proc/cpuinfo")).contains(flag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets the holder go on calling when the JVM is told to end: for an owner of a model who hears of that himself, ends
     * what is running in order and then lets go.
     *
     * @throws IllegalStateException if the JVM is ending already
     */
    public static Hold hold() {
        synchronized (HOLDS) {
            if (stopping) {
                throw stopping();
            }
            holds++;
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                release();
            }
        };
    }

    private static void release() {
        synchronized (HOLDS) {
            holds--;
            HOLDS.notifyAll();
        }
    }

    static void enter() {
        if (refusing || !CALLS.readLock().tryLock()) {
            throw stopping();
        }
    }

    static void leave() {
        CALLS.readLock().unlock();
    }

    private static IllegalStateException stopping() {
        return new IllegalStateException("the process is stopping: no further call into the model");
    }

    private static void drain() {
        try {
            awaitHolders();
            refusing = true;
            if (!CALLS.writeLock().tryLock(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("a call into the model did not end within " + DRAIN_SECONDS + " s; stopping anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitHolders() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
        synchronized (HOLDS) {
            stopping = true;
            for (long left = deadline - System.nanoTime(); holds > 0 && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(HOLDS, left);
            }
            if (holds > 0) {
                System.err.println("a model was still in use after " + DRAIN_SECONDS + " s; stopping anyway");
            }
        }
    }

    private static Device gpu(int index, int available) {
        if (index >= available) {
            throw new IllegalArgumentException(
                    "device cuda:" + index + " does not exist: " + available + " GPU(s) seen");
        }
        return Device.gpu(index);
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
