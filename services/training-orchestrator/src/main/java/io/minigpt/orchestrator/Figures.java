package io.minigpt.orchestrator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a step is.
 *
 * @param done units done
 * @param total units in all; 0 when not known
 * @param details figures of this kind of step, as the interface shows them
 */
public record Figures(long done, long total, Map<String, Object> details) {

    /** Nothing known yet. */
    public static final Figures NONE = new Figures(0, 0, Map.of());

    public Figures {
        if (done < 0 || total < 0) {
            throw new IllegalArgumentException("done " + done + " and total " + total + " must not be negative");
        }
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** These figures brought up to date; details that the newer ones do not name stay. */
    public Figures updated(Figures newer) {
        Map<String, Object> merged = new LinkedHashMap<>(details);
        merged.putAll(newer.details);
        return new Figures(newer.done, newer.total == 0 ? total : newer.total, merged);
    }

    /** These figures with everything done. */
    Figures complete() {
        long all = Math.max(done, total);
        return new Figures(all, all, details);
    }
}
