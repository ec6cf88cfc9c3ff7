package io.minigpt.tokenization;

import io.minigpt.gpt.text.PairTemplate;
import java.util.Objects;

/**
 * How records become text.
 *
 * @param separator what stands after each document
 * @param pairs form of a question with its answer
 */
public record TextForm(Separator separator, PairTemplate pairs) {

    /** The end of text after documents, and pairs in the usual form. */
    public static final TextForm USUAL = new TextForm(Separator.EOT, PairTemplate.STANDARD);

    public TextForm {
        Objects.requireNonNull(separator, "separator");
        Objects.requireNonNull(pairs, "pairs");
    }
}
