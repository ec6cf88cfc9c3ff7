package io.minigpt.gpt.export;

import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of GPT-2's tokenizer, for transformers' GPT2Tokenizer (vocabulary, merges) and tokenizers (all in one). */
final class HuggingFaceTokenizer {
    private HuggingFaceTokenizer() {}

    /** The JSON files by name; the template is that of the pairs that the model answers. */
    static Map<String, Map<String, Object>> files(int blockSize, PairTemplate template) {
        Map<String, Map<String, Object>> files = new TreeMap<>();
        files.put("vocab.json", vocabulary());
        files.put("tokenizer.json", tokenizer());
        files.put("tokenizer_config.json", configuration(blockSize, template));
        files.put(
                "special_tokens_map.json",
                Map.of("bos_token", END_OF_TEXT, "eos_token", END_OF_TEXT, "unk_token", END_OF_TEXT));
        files.put(
                "generation_config.json",
                Map.of(
                        "bos_token_id", Tokenizer.END_OF_TEXT,
                        "eos_token_id", Tokenizer.END_OF_TEXT,
                        "pad_token_id", Tokenizer.END_OF_TEXT));
        return files;
    }

    /** The content of {@code merges.txt}. */
    static String merges() {
        return "#version: 0.2\n" + String.join("\n", Gpt2Vocabulary.instance().merges()) + "\n";
    }

    private static final String END_OF_TEXT = Gpt2Vocabulary.END_OF_TEXT;

    private static Map<String, Object> vocabulary() {
        List<String> tokens = Gpt2Vocabulary.instance().tokens();
        Map<String, Object> vocabulary = new LinkedHashMap<>();
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        return vocabulary;
    }

    private static Map<String, Object> tokenizer() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "BPE");
        model.put("dropout", null);
        model.put("unk_token", null);
        model.put("continuing_subword_prefix", "");
        model.put("end_of_word_suffix", "");
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        model.put("vocab", vocabulary());
        model.put("merges", Gpt2Vocabulary.instance().merges());

        Map<String, Object> endOfText = new LinkedHashMap<>();
        endOfText.put("id", Tokenizer.END_OF_TEXT);
        endOfText.put("content", END_OF_TEXT);
        endOfText.put("single_word", false);
        endOfText.put("lstrip", false);
        endOfText.put("rstrip", false);
        endOfText.put("normalized", false);
        endOfText.put("special", true);

        Map<String, Object> tokenizer = new LinkedHashMap<>();
        tokenizer.put("version", "1.0");
        tokenizer.put("truncation", null);
        tokenizer.put("padding", null);
        tokenizer.put("added_tokens", List.of(endOfText));
        tokenizer.put("normalizer", null);
        tokenizer.put("pre_tokenizer", byteLevel());
        tokenizer.put("post_processor", byteLevel());
        tokenizer.put("decoder", byteLevel());
        tokenizer.put("model", model);
        return tokenizer;
    }

    private static Map<String, Object> byteLevel() {
        Map<String, Object> byteLevel = new LinkedHashMap<>();
        byteLevel.put("type", "ByteLevel");
        byteLevel.put("add_prefix_space", false);
        byteLevel.put("trim_offsets", false);
        byteLevel.put("use_regex", true);
        return byteLevel;
    }

    private static Map<String, Object> configuration(int blockSize, PairTemplate template) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("tokenizer_class", "GPT2Tokenizer");
        configuration.put("model_max_length", blockSize);
        configuration.put("add_prefix_space", false);
        configuration.put("clean_up_tokenization_spaces", false);
        configuration.put("bos_token", END_OF_TEXT);
        configuration.put("eos_token", END_OF_TEXT);
        configuration.put("unk_token", END_OF_TEXT);
        configuration.put("chat_template", ChatTemplate.jinja(template));
        return configuration;
    }
}
