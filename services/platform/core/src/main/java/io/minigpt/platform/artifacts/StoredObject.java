package io.minigpt.platform.artifacts;

import java.util.Objects;

/**
 * An object of a bucket as it was found.
 *
 * @param key its key
 * @param bytes its size
 * @param tag its entity tag, which another content does not have
 */
public record StoredObject(String key, long bytes, String tag) {

    public StoredObject {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(tag, "tag");
    }
}
