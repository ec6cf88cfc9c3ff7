package io.minigpt.registry.http;

import io.minigpt.platform.http.CompleteDescription;
import java.util.Map;

/** What the parts of the registry's description have in common. */
public class ApiDescription extends CompleteDescription {

    public ApiDescription() {
        super(
                Map.of(
                        "model", "The model",
                        "version", "Number of the version, from 1",
                        "alias", "The alias, such as champion",
                        "file", "Name of the file",
                        "format", "huggingface, gguf-f32, gguf-bf16 or gguf-q8_0",
                        "run", "Id of the evaluation run"),
                Map.of());
    }
}
