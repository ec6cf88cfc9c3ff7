package io.minigpt.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.dataset.v1.RegenerationGoal;
import io.minigpt.proto.dataset.v1.RegenerationRequested;
import io.minigpt.proto.dataset.v1.Selection;
import io.minigpt.proto.training.v1.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegenerationAdmissionTest {

    private static final ModelVersion BASE =
            ModelVersion.newBuilder().setModel("samples-base").setVersion(2).build();

    private static final PipelineHistory ONE_RUN = new PipelineHistory() {
        @Override
        public Optional<PipelineSpec> succeeded(String name) {
            return name.equals("samples") ? Optional.of(earlier()) : Optional.empty();
        }

        @Override
        public Optional<ModelVersion> base(String model, String alias) {
            return Optional.of(BASE).filter(base -> model.equals("samples") && alias.equals("best"));
        }
    };

    private static final Corpora NEWS = new Corpora() {
        @Override
        public OptionalLong revision(String corpus) {
            return OptionalLong.of(20);
        }

        @Override
        public List<String> evaluationSets(String corpus) {
            return List.of("drill", "exam");
        }
    };

    @TempDir
    Path root;

    private RegenerationAdmission admission;

    @BeforeEach
    void templates() throws IOException {
        Files.createDirectories(root.resolve("templates"));
        Files.createFile(root.resolve("templates/qa.yaml"));
        Files.createFile(root.resolve("templates/plain.yaml"));
        admission = new RegenerationAdmission(ONE_RUN, NEWS, new Presets(root));
    }

    @Test
    void takesFromTheEarlierRunWhatTheRequestLeavesOpen() {
        RegenerationAdmission.Decision decision = admission.decide(request().build());

        PipelineSpec spec = decision.spec();
        assertThat(decision.refusal()).isEmpty();
        assertThat(spec.corpus()).isEqualTo("news");
        assertThat(spec.corpusRevision()).isEqualTo(20);
        assertThat(spec.teacher()).isEqualTo("big");
        assertThat(spec.maxGenerated()).isEqualTo(100);
        assertThat(spec.template()).isEqualTo("plain");
        assertThat(spec.evaluationSets()).containsExactly("exam");
        assertThat(spec.sftConfiguration()).isEqualTo(earlier().sftConfiguration());
        assertThat(spec.regeneration().orElseThrow().base()).contains(BASE);
    }

    @Test
    void whatTheRequestSaysCounts() {
        PipelineSpec spec = admission
                .decide(request()
                        .setTeacher("bigger")
                        .setCorpusRevision(21)
                        .addDocumentIds("b")
                        .addDocumentIds("a")
                        .addDocumentIds("b")
                        .setSelection(Selection.newBuilder()
                                .setMaxGenerated(7)
                                .addEvaluationSets("exam")
                                .addEvaluationSets("drill")
                                .addEvaluationSets("exam"))
                        .build())
                .spec();

        assertThat(spec.teacher()).isEqualTo("bigger");
        assertThat(spec.corpusRevision()).isEqualTo(21);
        assertThat(spec.maxGenerated()).isEqualTo(7);
        assertThat(spec.curatedRepeat()).isEqualTo(1);
        assertThat(spec.template()).isEqualTo("qa");
        assertThat(spec.evaluationSets()).containsExactly("drill", "exam");
        assertThat(spec.regeneration().orElseThrow().documentIds()).containsExactly("a", "b");
    }

    @Test
    void whatCannotBeDoneIsARunThatSaysWhy() {
        assertThat(admission.decide(request().setName("other").build()).refusal())
                .contains("pipeline 'other' has no run that succeeded, so there is nothing to bring up to date");
        assertThat(admission.decide(request().setCorpus("old").build()).refusal())
                .contains("pipeline 'samples' learns from corpus 'news', not from 'old'");
        PipelineHistory noBase = new PipelineHistory() {
            @Override
            public Optional<PipelineSpec> succeeded(String name) {
                return Optional.of(earlier());
            }

            @Override
            public Optional<ModelVersion> base(String model, String alias) {
                return Optional.empty();
            }
        };
        RegenerationAdmission without = new RegenerationAdmission(noBase, NEWS, new Presets(root));
        assertThat(without.decide(request().build()).refusal().orElseThrow())
                .contains("model 'samples' has no version whose base is still there");
        assertThat(without.decide(request()
                                .setGoal(RegenerationGoal.REGENERATION_GOAL_FREEZE)
                                .build())
                        .refusal())
                .isEmpty();
    }

    @Test
    void aSelectionThatCannotBeFrozenIsRefusedIfTheGoalFreezes() {
        RegenerationRequested poem = request()
                .setSelection(Selection.newBuilder().setTemplate("poem"))
                .build();
        assertThat(admission.decide(poem).refusal())
                .contains("selection.template: no template 'poem' in config/templates; there are [plain, qa]");
        assertThat(admission
                        .decide(request()
                                .setSelection(Selection.newBuilder().addEvaluationSets("quiz"))
                                .build())
                        .refusal())
                .contains("selection.evaluationSets: corpus 'news' has no evaluation set 'quiz' that is known here;"
                        + " there are [drill, exam]");
        assertThat(admission
                        .decide(poem.toBuilder()
                                .setGoal(RegenerationGoal.REGENERATION_GOAL_AUGMENT)
                                .build())
                        .refusal())
                .isEmpty();
    }

    @Test
    void whatIsMalformedIsRefusedByName() {
        malformed(request().setName("Samples"), "name 'Samples' must be");
        malformed(request().setCorpus("a b"), "corpus 'a b' must be");
        malformed(request().clearGoal(), "goal is missing or unknown; it must be one of [REGENERATION_GOAL_PAIRS,");
        malformed(request().addDocumentIds(" "), "documentIds holds an empty id");
        malformed(
                request().setSelection(Selection.newBuilder().addKinds("curated")),
                "selection.kinds is nothing that a pipeline takes");
    }

    private void malformed(RegenerationRequested.Builder request, String message) {
        assertThatThrownBy(() -> admission.decide(request.build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(message);
    }

    private static RegenerationRequested.Builder request() {
        return RegenerationRequested.newBuilder()
                .setName("samples")
                .setGoal(RegenerationGoal.REGENERATION_GOAL_PROMOTE);
    }

    private static PipelineSpec earlier() {
        return new PipelineSpec(
                "samples",
                "news",
                12,
                "big",
                "demo",
                "demo-pretrain",
                "demo-sft",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode().put("max_iters", 30),
                100,
                3,
                "plain",
                List.of("exam"),
                "best",
                Optional.empty());
    }
}
