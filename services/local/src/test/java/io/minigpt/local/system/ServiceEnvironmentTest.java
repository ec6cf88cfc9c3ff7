package io.minigpt.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {
    private final Installation installation =
            new Installation(Path.of("/repository"), new Home(Path.of("/state")), new Ports(1000));
    private final ServiceEnvironment environment = new ServiceEnvironment(installation, "secret");

    @Test
    void tellsAServiceItsAddressDatabaseBrokerAndFolders() {
        // When
        Map<String, String> variables = environment.of(Service.QA_GENERATION);

        // Then
        assertThat(variables)
                .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1")
                .containsEntry("QUARKUS_HTTP_PORT", "9082")
                .containsEntry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:16432/qa_generation")
                .containsEntry("QUARKUS_DATASOURCE_USERNAME", "minigpt")
                .containsEntry("QUARKUS_DATASOURCE_PASSWORD", "secret")
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:20092")
                .containsEntry("MINIGPT_ARTIFACTS_ROOT", "/state/artifacts")
                .containsEntry("MINIGPT_CONFIG_ROOT", "/repository/config")
                .doesNotContainKey("MINIGPT_CONSOLE_ROUTES_CORPUS");
    }

    @Test
    void tellsWhoAsksForTrainingRecordsWhereTokenizationIs() {
        assertThat(environment.of(Service.TRAINING_WORKER))
                .containsEntry("MINIGPT_WORKER_RECORDS_ADDRESS", "http://127.0.0.1:9084");
        assertThat(environment.of(Service.INFERENCE))
                .containsEntry("MINIGPT_INFERENCE_TRACES_RECORDS", "http://127.0.0.1:9084");
    }

    @Test
    void putsUnfinishedFilesOnTheDiskOfTheArtifacts() {
        assertThat(environment.of(Service.TOKENIZATION))
                .containsEntry("MINIGPT_TOKENIZATION_WORK_FOLDER", "/state/work/tokenization");
        assertThat(environment.of(Service.TRAINING_WORKER))
                .containsEntry("MINIGPT_WORKER_SCRATCH", "/state/work/training-worker");
    }

    @Test
    void tellsTheConsoleWhereTheOthersAre() {
        // When
        Map<String, String> variables = environment.of(Service.CONSOLE);

        // Then
        assertThat(variables)
                .containsEntry("QUARKUS_HTTP_PORT", "9080")
                .containsEntry("MINIGPT_CONSOLE_ROUTES_QA_GENERATION", "http://127.0.0.1:9082")
                .containsEntry("MINIGPT_CONSOLE_ROUTES_TRAINING_ORCHESTRATOR", "http://127.0.0.1:9085")
                .doesNotContainKeys("MINIGPT_CONSOLE_ROUTES_CONSOLE", "QUARKUS_DATASOURCE_PASSWORD");
    }
}
