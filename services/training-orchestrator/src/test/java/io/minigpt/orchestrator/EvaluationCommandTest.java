package io.minigpt.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.training.v1.EvaluationRequested;
import io.minigpt.proto.training.v1.ModelVersion;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationCommandTest {

    private static final Versions VERSIONS = new Versions() {
        @Override
        public Optional<DatasetVersion> dataset(String name, int version) {
            return Optional.of(DatasetVersion.newBuilder()
                    .setName(name)
                    .setVersion(version)
                    .setKind(DatasetKind.DATASET_KIND_SFT)
                    .build());
        }

        @Override
        public Optional<ModelVersion> model(String model, int version) {
            return Optional.of(ModelVersion.newBuilder()
                    .setModel(model)
                    .setVersion(version)
                    .build());
        }
    };

    private final WorkerCommands commands = new WorkerCommands(new Presets(Path.of("no presets")));

    @Test
    void passesItsConfigurationOn() throws JsonProcessingException {
        EvaluationRequested command = command("{\"table\":\"seed\",\"max_items\":{\"curated\":\"all\"}}");

        assertThat(command.getConfiguration()).isEqualTo("{\"table\":\"seed\",\"max_items\":{\"curated\":\"all\"}}");
    }

    @Test
    void refusesAConfigurationThatNoWorkerWouldTake() {
        assertRefused("{\"top_k\":0}", "configuration: top_k is a whole number of at least 1, not 0");
        assertRefused("{\"table\":\"long\"}", "configuration: table is one of [short, seed], not long");
        assertRefused("{\"max_items\":{\"curated\":true}}", "max_items.curated is a whole number of at least 0");
        assertRefused("{\"topK\":5}", "unknown key topK in the evaluation configuration; known are");
        assertRefused("[]", "configuration must be an object");
    }

    private void assertRefused(String configuration, String detail) {
        assertThatThrownBy(() -> command(configuration))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(detail);
    }

    private EvaluationRequested command(String configuration) throws JsonProcessingException {
        EvaluationRequest request = new EvaluationRequest(
                new TrainingRequest.ModelReference("samples", 1),
                new TrainingRequest.DatasetReference("samples-sft", 1),
                new ObjectMapper().readTree(configuration),
                null,
                null);
        return commands.evaluation("evaluation-1", request, VERSIONS);
    }
}
