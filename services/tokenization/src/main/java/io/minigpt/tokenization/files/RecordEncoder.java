package io.minigpt.tokenization.files;

import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.tokenization.RecordContent;
import io.minigpt.tokenization.Separator;
import io.minigpt.tokenization.TextForm;
import java.util.Arrays;

/**
 * Turns a record into token ids: a document into its text's ids and the separator, a pair into the fine-tuning
 * template. What looks like a special token in a text is ordinary text.
 */
final class RecordEncoder {

    private static final int NEWLINE = Tokenizer.gpt2().encode("\n")[0];

    private RecordEncoder() {}

    static EncodedRecord encode(RecordContent content, TextForm form) {
        return switch (content) {
            case RecordContent.Document document -> {
                int[] ids = Tokenizer.gpt2().encode(document.text());
                int[] ended = Arrays.copyOf(ids, ids.length + 1);
                ended[ids.length] = id(form.separator());
                yield new EncodedRecord(document.text(), ended, 0);
            }
            case RecordContent.Pair pair -> {
                PairTemplate.Tokens encoded = form.pairs().tokens(pair.question(), pair.answer());
                String text = form.pairs().text(pair.question(), pair.answer());
                yield new EncodedRecord(text, encoded.tokens(), encoded.promptTokens());
            }
        };
    }

    private static int id(Separator separator) {
        return switch (separator) {
            case EOT -> Tokenizer.END_OF_TEXT;
            case NEWLINE -> NEWLINE;
        };
    }
}
