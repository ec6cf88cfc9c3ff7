package io.minigpt.inference.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.NearRecord;
import io.minigpt.inference.TrainingData;
import io.minigpt.inference.TrainingRecords;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks tokenization, which has the records. */
@ApplicationScoped
class TokenizationRecords implements TrainingRecords {

    /** What it takes of question and answer together, with the space between them. */
    private static final int LONGEST_TEXT = 1_900;

    private static final int NEAREST = 5;
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final InferenceConfig.Traces config;
    private final ObjectMapper json;

    TokenizationRecords(InferenceConfig config, ObjectMapper json) {
        this.config = config.traces();
        this.json = json;
    }

    @Override
    public List<NearRecord> nearest(TrainingData data, String question, String answer)
            throws IOException, InterruptedException {
        String said = beginning(answer, LONGEST_TEXT);
        String asked = beginning(question, LONGEST_TEXT - said.length());
        URI nearest = config.records()
                .resolve("/api/datasets/" + encoded(data.dataset()) + "/versions/" + data.version() + "/nearest?limit="
                        + NEAREST + "&question=" + encoded(asked) + "&answer=" + encoded(said));
        HttpResponse<byte[]> response = send(nearest);
        JsonNode body = json.readTree(response.body());
        if (response.statusCode() != OK) {
            throw new IOException(
                    "tokenization says: " + body.path("detail").asText("status " + response.statusCode()));
        }
        List<NearRecord> records = new ArrayList<>();
        for (JsonNode item : body.path("items")) {
            records.add(new NearRecord(
                    item.path("similarity").asDouble(),
                    item.at("/record/answer").asText(),
                    item));
        }
        return records;
    }

    private HttpResponse<byte[]> send(URI address) throws IOException, InterruptedException {
        try {
            return client.send(
                    HttpRequest.newBuilder(address).timeout(config.patience()).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IOException("tokenization at " + config.records() + " does not answer: " + e, e);
        }
    }

    /** Whole characters of it. */
    private static String beginning(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
