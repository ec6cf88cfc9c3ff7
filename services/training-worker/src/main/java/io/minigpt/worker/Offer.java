package io.minigpt.worker;

/**
 * What a worker has for its runs.
 *
 * @param device such as cpu or cuda:0
 * @param dtype number format of matrix operands that {@code auto} means there
 * @param engine engine and its version
 * @param memoryBytes memory that runs can have; 0 when that is not known
 */
public record Offer(String device, String dtype, String engine, long memoryBytes) {

    /** Whether the device is a GPU. */
    public boolean gpu() {
        return device.startsWith("cuda");
    }
}
