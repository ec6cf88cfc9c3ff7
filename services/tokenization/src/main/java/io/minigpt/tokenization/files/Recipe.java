package io.minigpt.tokenization.files;

import com.knuddels.jtokkit.api.Encoding;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.platform.Ids;
import io.minigpt.tokenization.Separator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** How records become bytes, as the manifest says it. Any change that changes bytes is a new version of the recipe. */
final class Recipe {

    static final int VERSION = 1;

    private static final String VOCABULARY = "/com/knuddels/jtokkit/r50k_base.tiktoken";

    private Recipe() {}

    /** Name and sha256 of the tokenizer's vocabulary: the same as that of tiktoken's file of that name. */
    static Map<String, Object> tokenizer() {
        Map<String, Object> tokenizer = new LinkedHashMap<>();
        tokenizer.put("name", "r50k_base");
        tokenizer.put("sha256", vocabularySha256());
        tokenizer.put("endOfText", Tokenizer.END_OF_TEXT);
        return tokenizer;
    }

    /** The parts of a record that are encoded separately; {@code {eot}} is the one id of the end of text. */
    static Map<String, Object> template(Separator separator) {
        return Map.of(
                "document", "{text}" + after(separator),
                "prompt", "Q: {question}\nA:",
                "answer", " {answer}{eot}",
                "end", "\n");
    }

    /** The separator in a template. */
    static Separator separator(String document) {
        return Arrays.stream(Separator.values())
                .filter(separator -> document.equals("{text}" + after(separator)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no template of documents is '" + document + "'"));
    }

    private static String after(Separator separator) {
        return switch (separator) {
            case EOT -> "{eot}";
            case NEWLINE -> "\n";
        };
    }

    private static String vocabularySha256() {
        try (InputStream vocabulary = Encoding.class.getResourceAsStream(VOCABULARY)) {
            return HexFormat.of().formatHex(Ids.sha256().digest(vocabulary.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("the tokenizer's vocabulary cannot be read", e);
        }
    }
}
