package io.minigpt.gpt.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns tokens into text as they come, whole characters only: bytes of an unfinished character wait for the next
 * token, and are dropped if none comes. Bytes that no character can hold are dropped, and so is U+FFFD, of which the
 * vocabulary has tokens.
 */
public final class StreamingDecoder {
    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.IGNORE)
            .onUnmappableCharacter(CodingErrorAction.IGNORE);
    private ByteBuffer waiting = ByteBuffer.allocate(0);

    /** The characters that this token completes, often none. */
    public String accept(int id) {
        byte[] bytes = Tokenizer.gpt2().bytes(id);
        ByteBuffer input = ByteBuffer.allocate(waiting.remaining() + bytes.length)
                .put(waiting)
                .put(bytes)
                .flip();
        CharBuffer output = CharBuffer.allocate(input.remaining() + LONGEST_CHARACTER);
        decoder.decode(input, output, false);
        waiting = input;
        return output.flip().toString().replace("\ufffd", "");
    }
}
