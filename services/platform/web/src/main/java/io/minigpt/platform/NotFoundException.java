package io.minigpt.platform;

/** A thing that a caller named does not exist. */
public class NotFoundException extends RuntimeException {

    /**
     * @param kind what was looked for, such as {@code document}
     * @param id what the caller called it
     */
    public NotFoundException(String kind, String id) {
        super("no " + kind + " '" + id + "'");
    }
}
