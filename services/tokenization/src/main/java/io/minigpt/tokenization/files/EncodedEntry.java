package io.minigpt.tokenization.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.Ids;
import io.minigpt.tokenization.PlannedRecord;
import io.minigpt.tokenization.TextForm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * An entry in the form in which it stands in the files: all that can be done on any thread.
 *
 * @param record the entry
 * @param tokens token ids as in a token file
 * @param promptTokens how many of them are the prompt; 0 for a document
 * @param textBytes UTF-8 bytes of the encoded text
 * @param characters Unicode code points of it
 * @param sha256 of its UTF-8 bytes
 * @param line its line of {@code records.jsonl}, without the newline
 */
record EncodedEntry(
        PlannedRecord record,
        byte[] tokens,
        int promptTokens,
        long textBytes,
        long characters,
        byte[] sha256,
        byte[] line) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static EncodedEntry of(Entry entry, TextForm form) {
        EncodedRecord encoded = RecordEncoder.encode(entry.content(), form);
        String text = encoded.text();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] sha256 = Ids.sha256().digest(utf8);
        RecordLine line =
                RecordLine.of(entry.record(), entry.content(), HexFormat.of().formatHex(sha256));
        return new EncodedEntry(
                entry.record(),
                bytes(encoded.tokens()),
                encoded.promptTokens(),
                utf8.length,
                text.codePointCount(0, text.length()),
                sha256,
                json(line));
    }

    int tokenCount() {
        return tokens.length / Short.BYTES;
    }

    private static byte[] bytes(int[] ids) {
        ByteBuffer bytes = ByteBuffer.allocate(ids.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int id : ids) {
            bytes.putShort((short) id);
        }
        return bytes.array();
    }

    private static byte[] json(RecordLine line) {
        try {
            return JSON.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of strings and numbers is always JSON", e);
        }
    }
}
