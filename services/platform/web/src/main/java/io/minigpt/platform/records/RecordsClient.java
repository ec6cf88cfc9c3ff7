package io.minigpt.platform.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks tokenization for the training records of dataset versions. */
public final class RecordsClient {

    /** What tokenization takes of question and answer together, with the space between them. */
    private static final int LONGEST_TEXT = 1_900;

    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json;
    private final URI tokenization;
    private final Duration patience;

    /** @param tokenization its address @param patience how long it may take to answer */
    public RecordsClient(ObjectMapper json, URI tokenization, Duration patience) {
        this.json = json;
        this.tokenization = tokenization;
        this.patience = patience;
    }

    /**
     * The records of a dataset version that resemble a question and its answer, the most similar first, as tokenization
     * describes them: {@code similarity} from 0 to 1, {@code split}, {@code label} and {@code record}.
     *
     * @throws IOException if they cannot be had; the message says why, for people
     */
    public List<JsonNode> nearest(String dataset, int version, String question, String answer, int limit)
            throws IOException, InterruptedException {
        String said = beginning(answer, LONGEST_TEXT);
        String asked = beginning(question, LONGEST_TEXT - said.length());
        URI nearest = tokenization.resolve("/api/datasets/" + encoded(dataset) + "/versions/" + version
                + "/nearest?limit=" + limit + "&question=" + encoded(asked) + "&answer=" + encoded(said));
        HttpResponse<byte[]> response = send(nearest);
        JsonNode body = json.readTree(response.body());
        if (response.statusCode() != OK) {
            throw new IOException(
                    "tokenization says: " + body.path("detail").asText("status " + response.statusCode()));
        }
        List<JsonNode> records = new ArrayList<>();
        body.path("items").forEach(records::add);
        return records;
    }

    private HttpResponse<byte[]> send(URI address) throws IOException, InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(address).timeout(patience).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IOException("tokenization at " + tokenization + " does not answer: " + e, e);
        }
    }

    /** Whole characters of it. */
    private static String beginning(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
