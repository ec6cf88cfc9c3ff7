package io.minigpt.inference.records;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.NearRecord;
import io.minigpt.inference.TrainingData;
import io.minigpt.inference.TrainingRecords;
import io.minigpt.platform.records.RecordsClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;

/** Asks tokenization, which has the records. */
@ApplicationScoped
class TokenizationRecords implements TrainingRecords {

    private static final int NEAREST = 5;

    private final RecordsClient client;

    TokenizationRecords(InferenceConfig config, ObjectMapper json) {
        client = new RecordsClient(
                json, config.traces().records(), config.traces().patience());
    }

    @Override
    public List<NearRecord> nearest(TrainingData data, String question, String answer)
            throws IOException, InterruptedException {
        return client.nearest(data.dataset(), data.version(), question, answer, NEAREST).stream()
                .map(item -> new NearRecord(
                        item.path("similarity").asDouble(),
                        item.at("/record/answer").asText(),
                        item))
                .toList();
    }
}
