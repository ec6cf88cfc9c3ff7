package io.minigpt.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.QuestionFile;
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
 * Reads the evaluation sets of a dataset version, {@code evaluation/<set>.jsonl}, and the files of a request. One object
 * a line: {@code question} and, where it is known, {@code answer}, or, to be continued, {@code text}; and {@code id} and
 * {@code label}, which a file may leave out.
 */
public final class EvaluationSets {

    /** The set of texts to be continued. */
    static final String CONTINUATION = "continuation";

    /** Of items of a file that has no labels: nobody knows what the model has seen of them. */
    private static final String UNKNOWN = "unknown";

    private static final ObjectMapper JSON = new ObjectMapper();

    private EvaluationSets() {}

    /**
     * The items that the plan asks for, set by set.
     *
     * @param template the form of the pairs that the model was trained on
     * @throws PermanentFailureException if there is none at all
     */
    public static List<EvaluationItem> read(ArtifactStore artifacts, EvaluationPlan plan, PairTemplate template)
            throws IOException {
        List<EvaluationItem> items = new ArrayList<>();
        for (Map.Entry<String, Integer> set : new TreeMap<>(plan.settings().maxItems()).entrySet()) {
            Optional<Artifact> file = file(plan, set.getKey());
            if (file.isPresent()) {
                items.addAll(items(artifacts, plan, set.getKey(), file.get(), set.getValue(), template));
            }
        }
        for (QuestionFile file : plan.request().getFilesList()) {
            items.addAll(items(artifacts, plan, file.getSet(), file.getFile(), Integer.MAX_VALUE, template));
        }
        if (items.isEmpty()) {
            throw new PermanentFailureException("the dataset version "
                    + plan.request().getDataset().getName() + ":"
                    + plan.request().getDataset().getVersion() + " has no item in the evaluation sets "
                    + new TreeMap<>(plan.settings().maxItems()).keySet() + ", and there is no question in a file");
        }
        return items;
    }

    private static Optional<Artifact> file(EvaluationPlan plan, String set) {
        return plan.request().getDataset().getFilesList().stream()
                .filter(file -> file.getKey().endsWith("/evaluation/" + set + ".jsonl"))
                .findFirst();
    }

    private static List<EvaluationItem> items(
            ArtifactStore artifacts, EvaluationPlan plan, String set, Artifact file, int limit, PairTemplate template)
            throws IOException {
        List<EvaluationItem> items = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(artifacts.open(file), StandardCharsets.UTF_8))) {
            int number = 1;
            // read to the end, where the sha256 is compared
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (items.size() < limit) {
                    item(plan, set, number, line, template).ifPresent(items::add);
                }
                number++;
            }
        }
        return items;
    }

    private static Optional<EvaluationItem> item(
            EvaluationPlan plan, String set, int number, String line, PairTemplate template) {
        JsonNode json = parse(set, number, line);
        String id = json.path("id").asText(Integer.toString(number));
        String label = json.path("label").asText(UNKNOWN);
        if (json.has("text")) {
            return EvaluationItem.continuation(
                    id,
                    set,
                    label,
                    json.path("text").asText(),
                    plan.settings().promptCharacters(),
                    plan.settings().continuationTokens());
        }
        return Optional.of(EvaluationItem.question(
                id,
                set,
                label,
                json.path("question").asText(),
                Optional.ofNullable(json.get("answer"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText),
                plan.settings().maxNewTokens(),
                template));
    }

    private static JsonNode parse(String set, int number, String line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (json.path("question").isTextual() || json.path("text").isTextual()) {
                return json;
            }
            throw new PermanentFailureException(
                    "line " + number + " of the set " + set + " has neither a question nor a text");
        } catch (JsonProcessingException e) {
            throw new PermanentFailureException(
                    "line " + number + " of the set " + set + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
