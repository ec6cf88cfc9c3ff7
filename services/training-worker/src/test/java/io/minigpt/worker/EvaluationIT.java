package io.minigpt.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.platform.testkit.TestServers;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.proto.training.v1.EvaluationProgressed;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.EvaluationStarted;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.QuestionFile;
import io.minigpt.proto.training.v1.Sample;
import io.minigpt.proto.training.v1.Stage;
import io.minigpt.proto.training.v1.TrainingCheckpointed;
import io.minigpt.proto.training.v1.TrainingFinished;
import io.minigpt.proto.training.v1.TrainingRequested;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(ShortLeases.class)
class EvaluationIT extends WorkerStage {

    @Test
    void aModelIsPretrainedFineTunedAndEvaluated() throws IOException {
        TrainingRequested pretraining = pretraining("{\"max_iters\":4}");
        ModelVersion base = version(train(pretraining), Stage.STAGE_PRETRAIN);
        TrainingRequested fineTuning = TrainingRequested.newBuilder()
                .setRunId(newRun())
                .setStage(Stage.STAGE_SFT)
                .setModel("test")
                .setDataset(datasets.fineTuning())
                .setBase(base)
                .setTrainingConfiguration(
                        "{\"max_iters\":200,\"batch_size\":4,\"learning_rate\":0.02,\"loss\":\"answer\",\"eval_interval\":100,\"select\":\"evaluation\",\"selection_sets\":\"curated\"}")
                .build();

        TrainingFinished tuned = train(fineTuning);
        EvaluationRequested evaluation = EvaluationRequested.newBuilder()
                .setRunId(newRun())
                .setVersion(version(tuned, Stage.STAGE_SFT))
                .setDataset(fineTuning.getDataset())
                .addFiles(QuestionFile.newBuilder()
                        .setSet("test")
                        .setFile(store("{\"question\":\"9号?\",\"answer\":\"是9\"}\n{\"question\":\"天?\"}\n")))
                .setPromoteAlias("champion")
                .build();
        EvaluationFinished evaluated = evaluate(evaluation);

        assertThat(tuned.getBase()).isEqualTo(base);
        assertThat(selected(tuned).getRolesList()).contains("best-evaluation");
        assertThat(checkpointed(fineTuning))
                .hasSize(2)
                .allMatch(checkpoint ->
                        checkpoint.getEvaluationScore() <= selected(tuned).getEvaluationScore());
        assertThat(selected(tuned).getEvaluationScore()).isGreaterThan(0.4);
        assertThat(promptTemplate(selected(tuned))).isEqualTo("Q: {question}\nA:");
        assertThat(probe.all(
                        TrainingCheckpointed.class, event -> event.getRunId().equals(fineTuning.getRunId())))
                .allSatisfy(event -> assertThat(event.data().getSamplesList())
                        .extracting(Sample::getPrompt)
                        .containsExactly("0号?", "1号?"));
        assertThat(evaluated.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(evaluated.getPromoteAlias()).isEqualTo("champion");
        assertThat(metric(evaluated, "curated", "rouge_l").getValue()).isGreaterThan(0.4);
        assertThat(metric(evaluated, "curated", "rouge_l").getItems()).isEqualTo(4);
        assertThat(metric(evaluated, "curated", "perplexity").getValue()).isBetween(1.0, 10.0);
        assertThat(metric(evaluated, "unseen", "bits_per_byte").getValue()).isPositive();
        assertThat(metric(evaluated, "curated", "rouge_l").getHigh())
                .isGreaterThanOrEqualTo(metric(evaluated, "curated", "rouge_l").getValue());
        assertThat(metric(evaluated, "test", "rouge_l").getItems()).isEqualTo(1);
        assertThat(metric(evaluated, "latency", "time_to_first_token_ms").getValue())
                .isPositive();
        assertThat(answers(evaluated.getAnswers()))
                .hasSize(8)
                .as("there is no tokenization that knows the dataset")
                .allMatch(answer -> answer.path("nearestMissing").asText().startsWith("tokenization"));
        only(EvaluationStarted.class, EvaluationStarted::getRunId, evaluation.getRunId());
        assertThat(probe.all(
                        EvaluationProgressed.class, event -> event.getRunId().equals(evaluation.getRunId())))
                .last()
                .satisfies(event -> assertThat(event.data().getItemsDone()).isEqualTo(8));
    }

    @Test
    void aPretrainedModelContinuesTexts() {
        TrainingRequested pretraining = pretraining("{\"max_iters\":2}");
        ModelVersion base = version(train(pretraining), Stage.STAGE_PRETRAIN);

        EvaluationFinished evaluated = evaluate(EvaluationRequested.newBuilder()
                .setRunId(newRun())
                .setVersion(base)
                .setDataset(pretraining.getDataset())
                .setConfiguration("{\"max_items\":{\"continuation\":3},\"continuation_tokens\":8}")
                .build());

        assertThat(evaluated.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
        assertThat(metric(evaluated, "continuation", "rouge_l").getItems()).isEqualTo(3);
        assertThat(metric(evaluated, "validation", "bits_per_byte").getValue()).isBetween(1.0, 20.0);
    }

    private Artifact store(String lines) throws IOException {
        try (ArtifactWriter writer = artifacts.create("questions/" + UUID.randomUUID() + ".jsonl")) {
            writer.write(lines.getBytes(StandardCharsets.UTF_8));
            return writer.commit();
        }
    }

    private EvaluationFinished evaluate(EvaluationRequested request) {
        probe.publish(request.getRunId(), request);
        return ended(EvaluationFinished.class, event -> event.getRunId().equals(request.getRunId()));
    }

    private static Metric metric(EvaluationFinished finished, String set, String name) {
        return finished.getMetricsList().stream()
                .filter(metric ->
                        metric.getSet().equals(set) && metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> answers(Artifact file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(artifacts.open(file), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> {
                        try {
                            return json.readTree(line);
                        } catch (JsonProcessingException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }

    private String promptTemplate(Checkpoint checkpoint) throws IOException {
        Artifact description = checkpoint.getFilesList().stream()
                .filter(file -> file.getName().equals("checkpoint.json"))
                .findFirst()
                .orElseThrow();
        return new ObjectMapper()
                .readTree(artifacts.local(description).toFile())
                .at("/provenance/template_prompt")
                .asText();
    }
}
