package io.minigpt.gpt.torch;

import ai.djl.engine.EngineException;

/** The device has not enough memory for what was asked; the model that asked must not be used any further. */
public final class DeviceMemoryException extends RuntimeException {
    private static final String REMEDY = "lower batch_size (and raise gradient_accumulation_steps to make up for it),"
            + " block_size or the size of the model";

    DeviceMemoryException(Throwable cause) {
        super("out of memory on the device: " + REMEDY, cause);
    }

    DeviceMemoryException(String need) {
        super("out of memory on the device: " + need + "; " + REMEDY);
    }

    /** An engine's exception in its own type when it speaks of memory, else unchanged. */
    static RuntimeException orSame(EngineException e) {
        String message = String.valueOf(e.getMessage());
        boolean memory = message.contains("can't allocate memory")
                || message.contains("not enough memory")
                || message.contains("out of memory")
                || message.contains("bad_alloc");
        return memory ? new DeviceMemoryException(e) : e;
    }
}
