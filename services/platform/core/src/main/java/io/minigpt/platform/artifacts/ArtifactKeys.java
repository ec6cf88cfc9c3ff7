package io.minigpt.platform.artifacts;

import java.util.regex.Pattern;

/** The form of the keys of artifacts, which makes them safe as file names and as object keys. */
final class ArtifactKeys {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private ArtifactKeys() {}

    /** @throws IllegalArgumentException if a key has another form */
    static String checked(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("artifact key '" + key
                    + "' is not made of letters, digits, '.', '-' and '_' in segments joined by '/'");
        }
        return key;
    }

    /** What comes after the last slash. */
    static String name(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
