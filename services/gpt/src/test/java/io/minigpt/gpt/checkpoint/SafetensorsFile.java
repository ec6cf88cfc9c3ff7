package io.minigpt.gpt.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Writes a file of tensors on its own, without a checkpoint around it. */
public final class SafetensorsFile {
    private SafetensorsFile() {}

    public static Safetensors write(Path file, List<NamedTensor> tensors) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Safetensors.write(channel, Map.of(), tensors);
        }
        return Safetensors.open(file);
    }
}
