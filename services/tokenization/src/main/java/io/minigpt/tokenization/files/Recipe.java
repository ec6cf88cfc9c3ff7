package io.minigpt.tokenization.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.knuddels.jtokkit.api.Encoding;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.platform.Ids;
import io.minigpt.tokenization.NamedTemplate;
import io.minigpt.tokenization.Separator;
import io.minigpt.tokenization.TextForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How records become bytes, as the manifest says it. Any change that changes bytes is a new version of the recipe. */
final class Recipe {

    static final int VERSION = 1;

    private static final String VOCABULARY = "/com/knuddels/jtokkit/r50k_base.tiktoken";

    private static final String END_OF_TEXT = "{eot}";

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
    static Map<String, Object> template(TextForm form, Optional<NamedTemplate> named) {
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("document", "{text}" + after(form.separator()));
        template.put("prompt", form.pairs().prompt());
        template.put("answer", form.pairs().answer() + END_OF_TEXT);
        template.put("end", form.pairs().end());
        // left out of the usual form, so that versions from before there were others keep their identity
        named.filter(other -> !other.form().equals(PairTemplate.STANDARD)).ifPresent(other -> {
            template.put("name", other.name());
            template.put("version", other.version());
        });
        return template;
    }

    /** The form that {@link #template} describes. @throws IllegalArgumentException if it describes none */
    static TextForm form(JsonNode template) {
        String answer = template.path("answer").asText();
        if (!answer.endsWith(END_OF_TEXT)) {
            throw new IllegalArgumentException("no template of answers is '" + answer + "'");
        }
        PairTemplate pairs = new PairTemplate(
                template.path("prompt").asText(),
                answer.substring(0, answer.length() - END_OF_TEXT.length()),
                template.path("end").asText());
        return new TextForm(separator(template.path("document").asText()), pairs);
    }

    private static Separator separator(String document) {
        return Arrays.stream(Separator.values())
                .filter(separator -> document.equals("{text}" + after(separator)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no template of documents is '" + document + "'"));
    }

    private static String after(Separator separator) {
        return switch (separator) {
            case EOT -> END_OF_TEXT;
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
