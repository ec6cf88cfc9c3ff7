package io.minigpt.registry;

import io.minigpt.platform.InvalidRequestException;
import java.util.Arrays;

/** Other programs' formats that a version can be had in. */
public enum ExportFormat {
    HUGGING_FACE("huggingface"),
    GGUF_F32("gguf-f32"),
    GGUF_BF16("gguf-bf16"),
    GGUF_Q8_0("gguf-q8_0");

    private final String label;

    ExportFormat(String label) {
        this.label = label;
    }

    /** Name in addresses and in the database. */
    public String label() {
        return label;
    }

    /** @throws InvalidRequestException if there is no format of that name */
    public static ExportFormat labelled(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("format '" + label + "' must be one of "
                        + Arrays.stream(values()).map(ExportFormat::label).toList()));
    }
}
