package io.minigpt.inference.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.gpt.Trainer;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.inference.FinishReason;
import io.minigpt.inference.GenerationRequest;
import io.minigpt.inference.GenerationResult;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.LanguageModel;
import io.minigpt.inference.LanguageModel.TextSink;
import io.minigpt.inference.Prompt;
import io.minigpt.inference.PromptTooLongException;
import io.minigpt.inference.Repetition;
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
            trainer.save(checkpoint, Map.of());
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
    void aTextIsContinuedBeyondTheContextInWholeCharacters() throws IOException {
        Collected text = new Collected(Integer.MAX_VALUE);

        GenerationResult result;
        try (LanguageModel model = loader.load(version)) {
            result = model.generate(request(new Prompt.Beginning("长城"), 2 * CONTEXT), text);
        }

        assertThat(result.completionTokens()).isBetween(1, 2 * CONTEXT);
        assertThat(result.reason()).isIn(FinishReason.LENGTH, FinishReason.END_OF_TEXT);
        assertThat(text.pieces).isNotEmpty().noneMatch(piece -> piece.isEmpty() || piece.contains("\uFFFD"));
    }

    @Test
    void theSameRequestGivesTheSameText() throws IOException {
        Collected first = new Collected(Integer.MAX_VALUE);
        Collected second = new Collected(Integer.MAX_VALUE);

        try (LanguageModel model = loader.load(version)) {
            model.generate(request(new Prompt.Beginning(""), 9), first);
            model.generate(request(new Prompt.Beginning(""), 9), second);
        }

        assertThat(first.pieces).isEqualTo(second.pieces);
    }

    @Test
    void aQuestionStandsInTheTemplate() throws IOException {
        GenerationResult result;
        try (LanguageModel model = loader.load(version)) {
            result = model.generate(request(new Prompt.Question("Why?"), 3), new Collected(Integer.MAX_VALUE));
        }

        // Q : _Why ? newline A :
        assertThat(result.promptTokens()).isEqualTo(7);
    }

    @Test
    void aQuestionThatDoesNotFitIsRefused() throws IOException {
        Prompt question = new Prompt.Question("长".repeat(CONTEXT));

        try (LanguageModel model = loader.load(version)) {
            assertThatThrownBy(() -> model.generate(request(question, 3), new Collected(1)))
                    .isInstanceOf(PromptTooLongException.class)
                    .hasMessageContaining(Integer.toString(CONTEXT));
        }
    }

    @Test
    void nobodyWantingMoreEndsIt() throws IOException {
        Collected text = new Collected(2);

        GenerationResult result;
        try (LanguageModel model = loader.load(version)) {
            result = model.generate(request(new Prompt.Beginning("a"), 500), text);
        }

        assertThat(result.reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(text.pieces).hasSizeLessThan(5);
    }

    @Test
    void aFileThatIsNotWhatTheVersionSaysIsRefused() {
        List<Artifact> changed = version.files().stream()
                .map(file -> file.toBuilder().setSha256("0".repeat(64)).build())
                .toList();
        ServableVersion damaged = new ServableVersion(version.id(), Stage.SFT, changed, Instant.EPOCH);

        assertThatThrownBy(() -> loader.load(damaged)).isInstanceOf(DamagedArtifactException.class);
    }

    private static GenerationRequest request(Prompt prompt, int tokens) {
        return new GenerationRequest(prompt, tokens, 1, 50, 1, 5, List.of(), Repetition.OFF);
    }

    /** Wants a number of pieces. */
    private static final class Collected implements TextSink {

        private final int wanted;
        private final List<String> pieces = new ArrayList<>();

        Collected(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public void text(String piece) {
            pieces.add(piece);
        }

        @Override
        public boolean closed() {
            return pieces.size() >= wanted;
        }
    }
}
