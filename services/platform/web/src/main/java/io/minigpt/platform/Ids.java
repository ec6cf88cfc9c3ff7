package io.minigpt.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Ids that are a function of content, so that doing a thing twice names it once. */
public final class Ids {

    private static final int ID_BYTES = 16;

    private Ids() {}

    /**
     * The first 128 bits of the sha256 of the parts, in lower-case hexadecimal. Every part is preceded by its length,
     * so that different splits of the same characters differ.
     */
    public static String of(String... parts) {
        byte[][] utf8 = new byte[parts.length][];
        Arrays.setAll(utf8, part -> parts[part].getBytes(StandardCharsets.UTF_8));
        return of(utf8);
    }

    /** As {@link #of(String...)}, of parts that are UTF-8 already. */
    public static String of(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] bytes : parts) {
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    }

    /** A fresh sha256 digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
