package io.minigpt.inference.http;

import io.minigpt.gpt.text.Tokenizer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** How tokens are written in answers. */
final class Tokens {

    private static final String END_OF_TEXT = "<|endoftext|>";

    private Tokens() {}

    /** Its text or, if it is no whole characters, its bytes as OpenAI writes them: {@code bytes:\xe9\x95}. */
    static String text(int id) {
        if (id == Tokenizer.END_OF_TEXT) {
            return END_OF_TEXT;
        }
        byte[] bytes = Tokenizer.gpt2().bytes(id);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // a part of a character
            return "bytes:\\x" + HexFormat.ofDelimiter("\\x").formatHex(bytes);
        }
    }

    /** Its bytes, each 0 to 255. */
    static List<Integer> bytes(int id) {
        byte[] bytes = Tokenizer.gpt2().bytes(id);
        return IntStream.range(0, bytes.length)
                .mapToObj(i -> Byte.toUnsignedInt(bytes[i]))
                .toList();
    }
}
