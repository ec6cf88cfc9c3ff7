package io.minigpt.worker.kafka;

import io.minigpt.platform.events.RefusedEventException;
import java.util.regex.Pattern;

/** The form of run ids: they are segments of artifact keys. */
final class RunId {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    private RunId() {}

    /** @throws RefusedEventException if it has another form */
    static String of(String id) {
        if (!FORM.matcher(id).matches()) {
            throw new RefusedEventException(
                    "run_id '" + id + "' is not made of 1 to 200 letters, digits, '.', '-' and '_'");
        }
        return id;
    }
}
