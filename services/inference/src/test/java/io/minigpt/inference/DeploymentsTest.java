package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.minigpt.gpt.FinishReason;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.inference.Submission.Part;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeploymentsTest {

    private static final AliasName CHAMPION = new AliasName("samples", "champion");
    private static final GenerationRequest REQUEST = request("a");

    private final ModelCatalog catalog = new ModelCatalog();
    private final ScriptedModels models = new ScriptedModels();

    @Test
    void aModelThatIsBeingLoadedIsSaidToBe() {
        // Given an alias that nobody has loaded yet
        Deployments deployments = deployments(Map.of("load-wait", "1ms"));
        catalog.setAlias(CHAMPION, 1, version(1));

        assertThatThrownBy(() -> deployments.submit(new ModelReference.ByName("samples"), List.of(REQUEST), "me"))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("is being loaded");
    }

    @Test
    void anAliasThatMovedTwiceIsFollowedToItsLastVersionOnly() throws IOException {
        Deployments deployments = deployments(Map.of());
        catalog.setAlias(CHAMPION, 1, version(1));
        catalog.setAlias(CHAMPION, 2, version(2));

        loadAll(deployments);

        assertThat(models.loads()).containsExactly(new VersionId("samples", 2));
        assertThat(deployments.serving()).containsEntry(CHAMPION, new VersionId("samples", 2));
    }

    @Test
    void twoAliasesOfOneVersionLoadItOnce() throws IOException {
        Deployments deployments = deployments(Map.of("aliases", "champion,challenger"));
        AliasName challenger = new AliasName("samples", "challenger");
        catalog.setAlias(CHAMPION, 1, version(1));
        catalog.setAlias(challenger, 1, version(1));

        loadAll(deployments);

        assertThat(models.loads()).hasSize(1);
        assertThat(deployments.serving()).containsOnlyKeys(CHAMPION, challenger);
    }

    @Test
    void aFailedLoadIsNotTriedAgainAtOnceAndToldOnce() {
        Deployments deployments = deployments(Map.of("retry-load", "1h"));
        catalog.setAlias(CHAMPION, 1, version(1));
        LoadTask.Load task = (LoadTask.Load) deployments.next().orElseThrow();

        boolean first = deployments.failed(task, "damaged");
        boolean second = deployments.failed(task, "damaged");

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(deployments.next()).isEmpty();
        assertThat(deployments.failures()).containsEntry(CHAMPION, "damaged");
    }

    @Test
    void aDeadlineEndsAnAnswer() throws Exception {
        Deployments deployments = deployments(Map.of("deadline", "500ms"));
        catalog.setAlias(CHAMPION, 1, version(1));
        loadAll(deployments);

        Submission submission =
                deployments.submit(new ModelReference.ByName("samples"), List.of(request("wait")), "me");

        Part part = submission.next();

        assertThat(part)
                .isInstanceOfSatisfying(
                        Part.Failure.class,
                        failure -> assertThat(failure.reason()).isInstanceOf(DeadlineExceededException.class));
        assertThat(models.ended().poll(10, TimeUnit.SECONDS)).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void closingLetsRunningAnswersEnd() throws Exception {
        Deployments deployments = deployments(Map.of());
        catalog.setAlias(CHAMPION, 1, version(1));
        loadAll(deployments);
        Submission submission = deployments.submit(new ModelReference.ByName("samples"), List.of(REQUEST), "me");

        deployments.close(Duration.ofSeconds(10));

        assertThat(submission.next()).isEqualTo(new Part.Text(0, "answer"));
        assertThat(submission.next()).isInstanceOfSatisfying(Part.End.class, end -> assertThat(
                        end.generation().finishReason())
                .isEqualTo(FinishReason.STOP));
        assertThat(models.inMemory()).isEmpty();
    }

    @Test
    void closingGivesUpWhatDoesNotEnd() throws Exception {
        Deployments deployments = deployments(Map.of());
        catalog.setAlias(CHAMPION, 1, version(1));
        loadAll(deployments);
        Submission submission =
                deployments.submit(new ModelReference.ByName("samples"), List.of(request("wait")), "me");

        deployments.close(Duration.ofMillis(1));

        assertThat(submission.next())
                .isInstanceOfSatisfying(
                        Part.Failure.class,
                        failure -> assertThat(failure.reason()).hasMessageContaining("stopping"));
    }

    @Test
    void aPromptThatDoesNotFitTheContextIsRefusedUnlessItMaySlide() throws Exception {
        Deployments deployments = deployments(Map.of());
        catalog.setAlias(CHAMPION, 1, version(1));
        loadAll(deployments);
        GenerationRequest.Builder request = GenerationRequest.to(new int[ScriptedModels.CONTEXT]);

        assertThatThrownBy(() -> deployments.submit(
                        new ModelReference.ByName("samples"), List.of(request.build()), "me"))
                .isInstanceOf(PromptTooLongException.class)
                .hasMessageContaining("512 tokens");
        Submission slides = deployments.submit(
                new ModelReference.ByName("samples"),
                List.of(request.overflow(GenerationRequest.ContextOverflow.SLIDE)
                        .build()),
                "me");
        assertThat(slides.next()).isEqualTo(new Part.Text(0, "answer"));
    }

    @Test
    void aCallThatIsGivenUpWhileItWaitsMakesRoom() throws Exception {
        // Given a model that is busy, and as many texts as may wait
        Deployments deployments = deployments(Map.of("queue", "2"));
        catalog.setAlias(CHAMPION, 1, version(1));
        loadAll(deployments);
        deployments.submit(new ModelReference.ByName("samples"), List.of(request("wait")), "me");
        assertThat(models.begun().poll(10, TimeUnit.SECONDS)).isNotNull();
        List<GenerationRequest> two = List.of(REQUEST, REQUEST);
        Submission waiting = deployments.submit(new ModelReference.ByName("samples"), two, "me");
        assertThatThrownBy(() -> deployments.submit(new ModelReference.ByName("samples"), List.of(REQUEST), "you"))
                .isInstanceOf(QueueFullException.class);

        // When they are given up, then there is room again
        waiting.cancel(new CallerGoneException());
        deployments.submit(new ModelReference.ByName("samples"), two, "you");
    }

    /** Does what the loader would do. */
    private void loadAll(Deployments deployments) throws IOException {
        for (Optional<LoadTask> task = deployments.next(); task.isPresent(); task = deployments.next()) {
            switch (task.get()) {
                case LoadTask.Load load -> deployments.loaded(load, models.load(load.version()));
                case LoadTask.Switch change -> deployments.switched(change);
            }
        }
    }

    private Deployments deployments(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("minigpt.inference.replica", "test");
        settings.forEach((key, value) -> all.put("minigpt.inference." + key, value));
        return new Deployments(
                catalog,
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(InferenceConfig.class)
                        .withDefaultValues(all)
                        .build()
                        .getConfigMapping(InferenceConfig.class),
                new SimpleMeterRegistry());
    }

    private static GenerationRequest request(String text) {
        return GenerationRequest.greedy(Tokenizer.gpt2().encode(text), 9);
    }

    private static ServableVersion version(int number) {
        return ScriptedModels.version(new VersionId("samples", number), Stage.SFT, "answer");
    }
}
