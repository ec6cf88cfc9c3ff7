package io.minigpt.inference.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.gpt.FinishReason;
import io.minigpt.gpt.Generation;
import io.minigpt.gpt.GenerationListener;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.GenerationRequest.ContextOverflow;
import io.minigpt.gpt.Trainer;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.text.PairTemplate;
import io.minigpt.gpt.text.RepetitionRule;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.LanguageModel;
import io.minigpt.inference.ServableVersion;
import io.minigpt.inference.Stage;
import io.minigpt.inference.VersionId;
import io.minigpt.platform.artifacts.DamagedArtifactException;
import io.minigpt.platform.artifacts.FolderArtifactStore;
import io.minigpt.proto.event.v1.Artifact;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine with an untrained model of the smallest size. */
class GptModelLoaderTest {

    private static final int CONTEXT = 32;

    @TempDir
    static Path folder;

    private static FolderArtifactStore store;
    private static GptModelLoader loader;
    private static ServableVersion version;

    @BeforeAll
    static void saveModel() throws IOException {
        InferenceConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(InferenceConfig.class)
                .withDefaultValues(Map.of(
                        "minigpt.inference.replica", "test",
                        "minigpt.inference.device", "cpu",
                        "minigpt.inference.concurrency", "2",
                        "minigpt.inference.threads", "1"))
                .build()
                .getConfigMapping(InferenceConfig.class);
        store = new FolderArtifactStore(folder.resolve("store"));
        loader = new GptModelLoader(store, config);
        Path checkpoint = folder.resolve("checkpoint");
        ModelConfiguration shape = ModelConfiguration.of(
                Map.of("n_layer", 1, "n_head", 2, "n_embd", 16, "block_size", CONTEXT, "dropout", 0.0));
        try (Trainer trainer = Trainer.scratch(
                shape, TrainingConfiguration.of(Map.of("batch_size", 1, "device", "cpu", "dtype", "float32")))) {
            trainer.save(checkpoint, new PairTemplate("问：{question}", "{answer}", "").provenance());
        }
        List<Artifact> files = new ArrayList<>();
        try (Stream<Path> saved = Files.list(checkpoint)) {
            for (Path file : saved.toList()) {
                files.add(store.put("runs/r/1-0/" + file.getFileName(), file));
            }
        }
        version = new ServableVersion(new VersionId("tiny", 1), Stage.SFT, files, Instant.EPOCH);
    }

    @Test
    void textsAreContinuedTogetherBeyondTheContextInWholeCharacters() throws IOException {
        Collected first = new Collected(Integer.MAX_VALUE);
        Collected second = new Collected(Integer.MAX_VALUE);

        try (LanguageModel model = loader.load(version)) {
            model.begin(request(2 * CONTEXT), first);
            model.step();
            model.begin(request(3), second);
            while (first.generation == null || second.generation == null) {
                model.step();
            }
        }

        assertThat(first.generation.tokens()).hasSizeBetween(CONTEXT + 1, 2 * CONTEXT);
        assertThat(first.pieces).isNotEmpty().noneMatch(piece -> piece.isEmpty() || piece.contains("\uFFFD"));
        assertThat(String.join("", first.pieces)).isEqualTo(first.generation.text());
        assertThat(second.generation.tokens()).hasSize(3);
    }

    @Test
    void aModelIsAsItsCheckpointAndTheSettingsSay() throws IOException {
        try (LanguageModel model = loader.load(version)) {
            model.begin(request(9), new Collected(1));
            assertThat(model.hasRoom(request(9))).isTrue();
            model.begin(request(9), new Collected(1));

            assertThat(model.hasRoom(request(9))).isFalse();
            assertThat(model.context()).isEqualTo(CONTEXT);
            assertThat(model.template().prompt()).isEqualTo("问：{question}");
        }
    }

    @Test
    void nobodyWantingMoreEndsItWithinAStep() throws IOException {
        Collected text = new Collected(2);

        try (LanguageModel model = loader.load(version)) {
            model.begin(request(500), text);
            while (text.pieces.size() < 2) {
                model.step();
            }
            model.step();
        }

        assertThat(text.generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void aFileThatIsNotWhatTheVersionSaysIsRefused() {
        List<Artifact> changed = version.files().stream()
                .map(file -> file.toBuilder().setSha256("0".repeat(64)).build())
                .toList();
        ServableVersion damaged = new ServableVersion(version.id(), Stage.SFT, changed, Instant.EPOCH);

        assertThatThrownBy(() -> loader.load(damaged)).isInstanceOf(DamagedArtifactException.class);
    }

    private static GenerationRequest request(int tokens) {
        return GenerationRequest.to(Tokenizer.gpt2().encode("长城"))
                .maxNewTokens(tokens)
                .temperature(1.5)
                .seed(5)
                .repetition(RepetitionRule.NONE)
                .overflow(ContextOverflow.SLIDE)
                .build();
    }

    /** Wants a number of pieces. */
    private static final class Collected implements GenerationListener {

        private final int wanted;
        private final List<String> pieces = new ArrayList<>();
        private Generation generation;

        Collected(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public void text(String piece) {
            pieces.add(piece);
        }

        @Override
        public void finished(Generation finished) {
            generation = finished;
        }

        @Override
        public boolean cancelled() {
            return pieces.size() >= wanted;
        }
    }
}
