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
 */
public record Document(
        String id, String externalId, String title, String url, String metadata, String original, String text)
        implements Candidate {

    /** A document of a corpus; without a caller's id the original text names it. */
    static Document of(
            CorpusName corpus,
            String externalId,
            String title,
            String url,
            String metadata,
            String original,
            String text) {
        String id = id(corpus, externalId.isEmpty() ? original : externalId);
        return new Document(id, externalId, title, url, metadata, original, text);
    }

    /** Id of the document that the caller, or its text, calls {@code name}. */
    public static String id(CorpusName corpus, String name) {
        return Ids.of(Kind.DOCUMENT.text(), corpus.value(), name);
    }

    @Override
    public String version() {
        return Ids.of(original, Normalisation.RECIPE);
    }

    @Override
    public String contentHash() {
        return Ids.of(text);
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
