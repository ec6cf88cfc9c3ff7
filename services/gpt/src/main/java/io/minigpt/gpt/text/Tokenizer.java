package io.minigpt.gpt.text;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** GPT-2's byte-level BPE (r50k_base): text to token ids and back. Thread-safe; one instance for the process. */
public final class Tokenizer {
    /** The id that ends a record; never produced by {@link #encode}. */
    public static final int END_OF_TEXT = 50_256;
    /** The number of ids, {@link #END_OF_TEXT} included; a model's vocabulary may be padded beyond it. */
    public static final int SIZE = 50_257;

    private static final Tokenizer GPT2 = new Tokenizer();

    private final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.R50K_BASE);
    private final byte[][] bytes = new byte[SIZE][];

    private Tokenizer() {
        for (int id = 0; id < END_OF_TEXT; id++) {
            IntArrayList one = new IntArrayList(1);
            one.add(id);
            bytes[id] = encoding.decodeBytes(one);
        }
        bytes[END_OF_TEXT] = new byte[0];
    }

    /** GPT-2's tokenizer. */
    public static Tokenizer gpt2() {
        return GPT2;
    }

    /** The ids of a text. Names of special tokens in it are ordinary text. */
    public int[] encode(String text) {
        return encoding.encodeOrdinary(text).toArray();
    }

    /**
     * The bytes that an id stands for, often only a part of a character; none for {@link #END_OF_TEXT}.
     *
     * @throws IndexOutOfBoundsException for an id beyond the tokenizer's
     */
    public byte[] bytes(int id) {
        return bytes[id].clone();
    }

    /** The number of bytes that an id stands for; 0 for an id of the padding. */
    public int byteCount(int id) {
        return id < SIZE ? bytes[id].length : 0;
    }

    /** The text of ids; malformed byte sequences become U+FFFD. */
    public String decode(int... ids) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int id : ids) {
            all.writeBytes(bytes[id]);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** {@link #decode(int...)} of a list. */
    public String decode(List<Integer> ids) {
        return decode(ids.stream().mapToInt(Integer::intValue).toArray());
    }
}
