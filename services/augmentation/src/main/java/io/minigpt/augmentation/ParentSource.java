package io.minigpt.augmentation;

import io.minigpt.proto.augmentation.v1.Source;
import java.util.Locale;

/** What the parent of a variant is. */
public enum ParentSource {
    /** A question with its answer that a person wrote. */
    CURATED(Source.SOURCE_CURATED),
    /** A pair that a teacher made from a document. */
    GENERATED(Source.SOURCE_GENERATED);

    private final Source proto;

    ParentSource(Source proto) {
        this.proto = proto;
    }

    /** Its value in events. */
    public Source proto() {
        return proto;
    }

    /** Its name in the database and the REST interface. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The source with this {@link #text()}. @throws IllegalArgumentException if there is none */
    public static ParentSource of(String text) {
        for (ParentSource source : values()) {
            if (source.text().equals(text)) {
                return source;
            }
        }
        throw new IllegalArgumentException("sources: '" + text + "' is not curated or generated");
    }

    /** The source of an event. @throws IllegalArgumentException if the event names none */
    public static ParentSource of(Source proto) {
        for (ParentSource source : values()) {
            if (source.proto == proto) {
                return source;
            }
        }
        throw new IllegalArgumentException("sources: " + proto + " is not curated or generated");
    }
}
