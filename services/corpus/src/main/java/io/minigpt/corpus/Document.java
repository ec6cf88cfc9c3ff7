package io.minigpt.corpus;

import io.minigpt.platform.Ids;
import java.nio.charset.StandardCharsets;

/**
 * A text of a corpus.
 *
 * @param id see {@link #id(CorpusName, String)}
 * @param externalId the caller's own id; empty if none was given
 * @param title empty if none was given
 * @param url address of the source; empty if none was given
 * @param metadata further fields of the line, as a JSON object
 * @param original the text as it was sent
 * @param text the text after {@link Normalisation}
 * @param fingerprint of the text
 */
public record Document(
        String id,
        String externalId,
        String title,
        String url,
        String metadata,
        String original,
        String text,
        Fingerprint fingerprint)
        implements Candidate {

    /** Id of the document that the caller, or its text, calls {@code name}. */
    public static String id(CorpusName corpus, String name) {
        return Ids.of(Kind.DOCUMENT.text(), corpus.value(), name);
    }

    /** Length of the normalised text in Unicode code points. */
    public long characters() {
        return text.codePointCount(0, text.length());
    }

    /** The normalised text as UTF-8. */
    public byte[] utf8() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
