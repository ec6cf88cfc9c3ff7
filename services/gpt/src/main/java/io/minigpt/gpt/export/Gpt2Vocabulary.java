package io.minigpt.gpt.export;

import io.minigpt.gpt.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * GPT-2's vocabulary and merges in the form of its files: every byte is a visible character (bytes_to_unicode in GPT-2's
 * encoder.py), so that a token is a text without spaces. The merges follow from the ids: a token longer than a byte
 * has come from the two tokens that its bytes become under all the merges before its own.
 */
final class Gpt2Vocabulary {
    static final String END_OF_TEXT = "<|endoftext|>";

    private static final char[] VISIBLE = visibleBytes();
    private static final Gpt2Vocabulary INSTANCE = new Gpt2Vocabulary();

    private final List<String> tokens = new ArrayList<>();
    private final List<String> merges = new ArrayList<>();

    private Gpt2Vocabulary() {
        // Latin-1 has a character for every byte: texts as keys for byte sequences
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < Tokenizer.END_OF_TEXT; id++) {
            String bytes = new String(Tokenizer.gpt2().bytes(id), StandardCharsets.ISO_8859_1);
            ids.put(bytes, id);
            tokens.add(visible(bytes));
        }
        for (int id = 0; id < Tokenizer.END_OF_TEXT; id++) {
            String bytes = new String(Tokenizer.gpt2().bytes(id), StandardCharsets.ISO_8859_1);
            if (bytes.length() > 1) {
                merges.add(merge(bytes, id, ids));
            }
        }
        tokens.add(END_OF_TEXT);
    }

    static Gpt2Vocabulary instance() {
        return INSTANCE;
    }

    /** The tokens by id, {@value #END_OF_TEXT} last. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    /** The merges in the order in which they apply, each two tokens with a space between them. */
    List<String> merges() {
        return List.copyOf(merges);
    }

    private static String merge(String bytes, int id, Map<String, Integer> ids) {
        List<String> parts = new ArrayList<>(List.of(bytes.split("")));
        while (parts.size() > 2) {
            int best = -1;
            int bestId = id;
            for (int i = 0; i + 1 < parts.size(); i++) {
                Integer merged = ids.get(parts.get(i) + parts.get(i + 1));
                if (merged != null && merged < bestId) {
                    best = i;
                    bestId = merged;
                }
            }
            if (best < 0) {
                throw new IllegalStateException("token " + id + " comes from no merge of two tokens before it");
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
        return visible(parts.getFirst()) + " " + visible(parts.getLast());
    }

    private static String visible(String bytes) {
        StringBuilder text = new StringBuilder();
        for (char character : bytes.toCharArray()) {
            text.append(VISIBLE[character]);
        }
        return text.toString();
    }

    /** Printable Latin-1 characters stand for themselves, the other bytes for the characters from U+0100 on. */
    private static char[] visibleBytes() {
        char[] visible = new char[256];
        char next = 256;
        for (char value = 0; value < visible.length; value++) {
            boolean printable = value >= '!' && value <= '~' || value >= '¡' && value <= '¬' || value >= '®';
            visible[value] = printable ? value : next++;
        }
        return visible;
    }
}
