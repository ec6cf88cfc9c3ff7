package io.minigpt.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.event.v1.Artifact;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the evaluation sets of a dataset version: {@code evaluation/<set>.jsonl}, one object a line with {@code id},
 * {@code label} and either {@code question} and {@code answer} or, to be continued, {@code text}.
 */
public final class EvaluationSets {

    /** The set of texts to be continued. */
    static final String CONTINUATION = "continuation";

    private static final ObjectMapper JSON = new ObjectMapper();

    private EvaluationSets() {}

    /** The items that the plan asks for, set by set. @throws PermanentFailureException if there is none at all */
    public static List<EvaluationItem> read(ArtifactStore artifacts, EvaluationPlan plan) throws IOException {
        List<EvaluationItem> items = new ArrayList<>();
        for (Map.Entry<String, Integer> set : new TreeMap<>(plan.maxItems()).entrySet()) {
            Optional<Artifact> file = file(plan, set.getKey());
            if (file.isPresent()) {
                items.addAll(items(artifacts, plan, set.getKey(), file.get(), set.getValue()));
            }
        }
        if (items.isEmpty()) {
            throw new PermanentFailureException("the dataset version "
                    + plan.request().getDataset().getName() + ":"
                    + plan.request().getDataset().getVersion() + " has no item in the evaluation sets "
                    + new TreeMap<>(plan.maxItems()).keySet());
        }
        return items;
    }

    private static Optional<Artifact> file(EvaluationPlan plan, String set) {
        return plan.request().getDataset().getFilesList().stream()
                .filter(file -> file.getKey().endsWith("/evaluation/" + set + ".jsonl"))
                .findFirst();
    }

    private static List<EvaluationItem> items(
            ArtifactStore artifacts, EvaluationPlan plan, String set, Artifact file, int limit) throws IOException {
        List<EvaluationItem> items = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(artifacts.open(file), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                if (items.size() < limit) {
                    item(plan, set, JSON.readTree(line)).ifPresent(items::add);
                }
                // read to the end, where the sha256 is compared
                line = lines.readLine();
            }
        }
        return items;
    }

    private static Optional<EvaluationItem> item(EvaluationPlan plan, String set, JsonNode line) {
        String id = line.path("id").asText();
        String label = line.path("label").asText();
        if (line.has("text")) {
            return EvaluationItem.continuation(
                    id, set, label, line.path("text").asText(), plan.promptCharacters(), plan.continuationTokens());
        }
        return Optional.of(EvaluationItem.question(
                id,
                set,
                label,
                line.path("question").asText(),
                line.path("answer").asText(),
                plan.maxNewTokens()));
    }
}
