package io.minigpt.gpt.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The ids are those of tiktoken's encode_ordinary, OpenAI's own implementation in Rust: {@code golden_tokens.py} beside
 * the golden file wrote it with tiktoken 0.14.0. Among the texts are runs of a million equal characters, which would
 * take hours if time grew with the square of their length.
 */
class GoldenTokensTest {

    @Test
    void everyTextHasTiktokensIds() throws IOException {
        List<String> different = new ArrayList<>();
        int texts = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                GoldenTokensTest.class.getResourceAsStream("golden-tokens.jsonl"), StandardCharsets.UTF_8))) {
            ObjectMapper json = new ObjectMapper();
            for (String line; (line = lines.readLine()) != null; texts++) {
                JsonNode golden = json.readTree(line);
                String text =
                        golden.path("text").asText().repeat(golden.path("times").asInt());
                int[] ids = Tokenizer.gpt2().encode(text);
                if (ids.length != golden.path("tokens").asInt()
                        || !sha256(ids).equals(golden.path("sha256").asText())) {
                    different.add(line);
                }
                assertThat(Tokenizer.gpt2().decode(ids)).isEqualTo(text);
            }
        }

        assertThat(different).isEmpty();
        assertThat(texts).isGreaterThan(200);
    }

    private static String sha256(int[] ids) {
        ByteBuffer bytes = ByteBuffer.allocate(ids.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int id : ids) {
            bytes.putShort((short) id);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
