package io.minigpt.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionTest {

    private static final Corpora NEWS = new Corpora() {
        @Override
        public OptionalLong revision(String corpus) {
            return corpus.equals("news") ? OptionalLong.of(5) : OptionalLong.empty();
        }

        @Override
        public List<String> evaluationSets(String corpus) {
            return corpus.equals("news") ? List.of("drill", "exam") : List.of();
        }
    };

    @TempDir
    Path root;

    private Admission admission;

    @BeforeEach
    void presets() throws IOException {
        Files.createDirectories(root.resolve("model"));
        Files.createDirectories(root.resolve("training"));
        Files.createDirectories(root.resolve("templates"));
        Files.createFile(root.resolve("templates/plain.yaml"));
        Files.createFile(root.resolve("templates/qa.yaml"));
        Files.writeString(root.resolve("model/demo.yaml"), "# small\nn_layer: 4 # layers\nbias: false\n");
        Files.writeString(
                root.resolve("training/demo-pretrain.yaml"), "learning_rate: 1e-3\nmax_iters: 150\ndtype: auto\n");
        Files.writeString(root.resolve("training/demo-sft.yaml"), "max_iters: 400\n");
        admission = new Admission(new Presets(root));
    }

    @Test
    void takesEveryNumberAsText() {
        Map<String, String> numbers =
                Map.of("samples", "0", "selection_sets", "curated", "selection_items", "5", "learning_rate", "2e-3");

        assertThat(new Presets(root)
                        .training("trainingPreset", "demo-sft", numbers)
                        .toString())
                .contains("\"samples\":0", "\"selection_items\":5", "\"learning_rate\":0.002");
    }

    @Test
    void fillsInWhatIsNotGiven() {
        PipelineSpec spec = admission.pipeline(request("samples", "news", null, Map.of()), NEWS);

        assertThat(spec.corpusRevision()).isEqualTo(5);
        assertThat(spec.alias()).isEqualTo("champion");
        assertThat(spec.curatedRepeat()).isEqualTo(1);
        assertThat(spec.template()).isEqualTo("qa");
        assertThat(spec.evaluationSets()).isEmpty();
        assertThat(spec.modelConfiguration()).hasToString("{\"n_layer\":4,\"bias\":false}");
        assertThat(spec.pretrainingConfiguration())
                .hasToString("{\"learning_rate\":0.001,\"max_iters\":150,\"dtype\":\"auto\"}");
    }

    @Test
    void overridesReplaceKeysWithTypedValues() {
        Map<String, String> overrides = Map.of("max_iters", "50", "learning_rate", "3e-4", "decay_lr", "true");

        PipelineSpec spec = admission.pipeline(request("samples", "news", 9L, overrides), NEWS);

        assertThat(spec.corpusRevision()).isEqualTo(9);
        assertThat(spec.pretrainingConfiguration().get("max_iters").isIntegralNumber())
                .isTrue();
        assertThat(spec.pretrainingConfiguration().get("learning_rate").doubleValue())
                .isEqualTo(3e-4);
        assertThat(spec.pretrainingConfiguration().get("decay_lr").booleanValue())
                .isTrue();
        assertThat(spec.pretrainingConfiguration().get("dtype").textValue()).isEqualTo("auto");
    }

    @Test
    void equalSelectionsMakeEqualSpecs() {
        PipelineSpec spec = admission.pipeline(selection("plain", "exam", "drill"), NEWS);

        assertThat(spec.template()).isEqualTo("plain");
        assertThat(spec).isEqualTo(admission.pipeline(selection("plain", "drill", "exam", "exam"), NEWS));
        assertThat(spec).isNotEqualTo(admission.pipeline(selection("qa", "drill", "exam"), NEWS));
        assertThat(spec).isNotEqualTo(admission.pipeline(selection("plain", "drill"), NEWS));
    }

    @Test
    void refusesWhatCouldNotBeFrozen() {
        refused(selection("poem"), "selection.template: no template 'poem' in config/templates; there are [plain, qa]");
        refused(
                selection("qa", "exam", "quiz"),
                "selection.evaluationSets: corpus 'news' has no evaluation set 'quiz' that is known here; there are"
                        + " [drill, exam]");
        refused(selection("qa", "../exam"), "selection.evaluationSets '../exam' must be");
    }

    @Test
    void refusesByName() {
        refused(request(null, "news", null, Map.of()), "name is missing");
        refused(request("Samples", "news", null, Map.of()), "name 'Samples' must be");
        refused(request("samples-base", "news", null, Map.of()), "ends in -base");
        refused(request("samples", "old", null, Map.of()), "corpus 'old' is not known");
        refused(request("samples", "news", 0L, Map.of()), "corpusRevision 0 must be at least 1");
    }

    @Test
    void refusesAConfigurationThatNoWorkerWouldTake() {
        refused(
                request("samples", "news", null, Map.of("max_iters", "0")),
                "pretrainingPreset 'demo-pretrain' with what replaces its keys: max_iters is 0, but must be at least 1");
        refused(request("samples", "news", null, Map.of("learning_rat", "1e-3")), "learning_rat is no key");
        refused(
                request("samples", "news", null, Map.of("select", "evaluation")),
                "selection_sets is empty, but select is evaluation");
    }

    @Test
    void refusesUnknownPresetsAndNamesTheKnownOnes() {
        refused(preset("tiny"), "modelPreset: no preset 'tiny' in config/model; there are [demo]");
        refused(preset("../training/demo-sft"), "modelPreset: no preset");
    }

    private void refused(PipelineRequest request, String message) {
        assertThatThrownBy(() -> admission.pipeline(request, NEWS))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(message);
    }

    private static PipelineRequest request(String name, String corpus, Long revision, Map<String, String> overrides) {
        return new PipelineRequest(name, corpus, revision, null, null, null, null, overrides, null, null, null);
    }

    private static PipelineRequest selection(String template, String... sets) {
        return new PipelineRequest(
                "samples",
                "news",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new PipelineRequest.Selection(null, null, template, List.of(sets)));
    }

    private static PipelineRequest preset(String model) {
        return new PipelineRequest("samples", "news", null, null, model, null, null, null, null, null, null);
    }
}
