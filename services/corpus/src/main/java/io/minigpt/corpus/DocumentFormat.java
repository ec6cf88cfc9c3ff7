package io.minigpt.corpus;

import io.minigpt.platform.Ids;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** {@code {"text", "id"?, "title"?, "url"?, ...}}; without an id the original text names the document. */
record DocumentFormat(Normalisation normalisation, Quality quality, boolean nearDuplicates)
        implements LineFormat<Document> {

    private static final Set<String> FIELDS = Set.of("text", "id", "title", "url");

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public Document read(CorpusName corpus, Fields line) throws RefusedLineException {
        String original = line.required("text");
        String text = normalisation.of(original);
        if (text.isBlank()) {
            throw Fields.blank("text");
        }
        String id = line.id("id");
        String title = normalisation.of(line.label("title"));
        String url = line.label("url");
        quality.check(text);
        return new Document(
                Document.id(corpus, id.isEmpty() ? original : id),
                id,
                title,
                url,
                line.rest(),
                original,
                text,
                fingerprint(corpus, original, text));
    }

    private Fingerprint fingerprint(CorpusName corpus, String original, String text) {
        byte[] sent = original.getBytes(StandardCharsets.UTF_8);
        // mostly normalisation changes nothing, and encoding is what costs most here
        byte[] uniform = text.equals(original) ? sent : text.getBytes(StandardCharsets.UTF_8);
        byte[] recipe = normalisation.recipe().getBytes(StandardCharsets.UTF_8);
        List<Long> bands = nearDuplicates ? Bands.of(corpus, Shingles.of(text)) : List.of();
        return new Fingerprint(Ids.of(sent, recipe), Ids.of(uniform), bands);
    }
}
