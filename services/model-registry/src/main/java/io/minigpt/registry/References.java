package io.minigpt.registry;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.registry.RegisteredVersion.VersionReference;

/** Names of versions as callers write them: {@code name:number}. */
public final class References {

    private References() {}

    /**
     * A version of a model.
     *
     * @param parameter name of what is read, for the error
     * @throws InvalidRequestException if the text has another form
     */
    public static VersionReference version(String parameter, String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new InvalidRequestException(parameter + " '" + text + "' must be name:version, such as samples:3");
        }
        return new VersionReference(text.substring(0, colon), number(parameter, text.substring(colon + 1)));
    }

    /** A version number. @throws InvalidRequestException if it is none */
    public static int number(String parameter, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidRequestException(parameter + " version '" + text + "' is no number", e);
        }
    }
}
