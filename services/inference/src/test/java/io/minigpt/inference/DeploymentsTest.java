package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.minigpt.gpt.FinishReason;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.gpt.text.Tokenizer;
import io.minigpt.inference.Submission.Part;
import io.minigpt.platform.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
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

        assertThatThrownBy(() ->
                        deployments.submit(new ModelReference.ByName("samples"), version -> List.of(REQUEST), "me"))
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
                deployments.submit(new ModelReference.ByName("samples"), version -> List.of(request("wait")), "me");

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
        Submission submission =
                deployments.submit(new ModelReference.ByName("samples"), version -> List.of(REQUEST), "me");

        deployments.close(Duration.ofSeconds(10));

        assertThat(submission.next()).isEqualTo(new Part.Text(0, "answer"));
        assertThat(submission.next())
                .isInstanceOfSatisfying(
                        Part.End.class,
                        end -> assertThat(end.generation().finishReason()).isEqualTo(FinishReason.STOP));
        assertThat(models.inMemory()).isEmpty();
    }

    @Test
    void closingGivesUpWhatDoesNotEnd() throws Exception {
        Deployments deployments = deployments(Map.of());
        catalog.setAlias(CHAMPION, 1, version(1));
        loadAll(deployments);
        Submission submission =
                deployments.submit(new ModelReference.ByName("samples"), version -> List.of(request("wait")), "me");

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
                        new ModelReference.ByName("samples"), version -> List.of(request.build()), "me"))
                .isInstanceOf(PromptTooLongException.class)
                .hasMessageContaining("512 tokens");
        Submission slides = deployments.submit(
                new ModelReference.ByName("samples"),
                version -> List.of(request.overflow(GenerationRequest.ContextOverflow.SLIDE)
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
        deployments.submit(new ModelReference.ByName("samples"), version -> List.of(request("wait")), "me");
        assertThat(models.begun().poll(10, TimeUnit.SECONDS)).isNotNull();
        List<GenerationRequest> two = List.of(REQUEST, REQUEST);
        Submission waiting = deployments.submit(new ModelReference.ByName("samples"), version -> two, "me");
        assertThatThrownBy(() ->
                        deployments.submit(new ModelReference.ByName("samples"), version -> List.of(REQUEST), "you"))
                .isInstanceOf(QueueFullException.class);

        // When they are given up, then there is room again
        waiting.cancel(new CallerGoneException());
        deployments.submit(new ModelReference.ByName("samples"), version -> two, "you");
    }

    @Test
    void theLeastRecentlyUsedLeavesForWhatIsWantedAndComesBackWhenItIsAskedFor() throws Exception {
        // Given room for two models of three
        Deployments deployments = deployments(Map.of("memory", "2", "load-wait", "1ms"));
        for (String model : List.of("a", "b", "c")) {
            catalog.setAlias(new AliasName(model, "champion"), 1, version(model, 1, "answer"));
        }
        Eventually.get(() -> loadWhatFits(deployments), serving -> serving.size() == 3);
        assertThat(deployments.loaded()).containsExactlyInAnyOrder(new VersionId("b", 1), new VersionId("c", 1));
        answer(deployments, "b");

        // When the one that had to leave is asked for
        assertThatThrownBy(() -> answer(deployments, "a")).isInstanceOf(ModelUnavailableException.class);
        Eventually.get(
                () -> {
                    loadWhatFits(deployments);
                    return deployments.loaded();
                },
                loaded -> loaded.contains(new VersionId("a", 1)));

        // Then it is back, and the one that was used least recently is gone
        assertThat(deployments.loaded()).containsExactlyInAnyOrder(new VersionId("a", 1), new VersionId("b", 1));
        assertThat(deployments.serving()).hasSize(3);
        answer(deployments, "a");
        Eventually.get(models::inMemory, memory -> memory.size() == 2);
    }

    @Test
    void aVersionThatDoesNotFitBesideTheOneItFollowsIsRefused() throws IOException {
        Deployments deployments = deployments(Map.of("memory", "3"));
        catalog.setAlias(CHAMPION, 1, version("samples", 1, "an", "answer"));
        loadAll(deployments);

        catalog.setAlias(CHAMPION, 2, version("samples", 2, "an", "answer"));
        loadAll(deployments);

        assertThat(deployments.failures().get(CHAMPION)).contains("beside samples:1", "memory allows 3");
        assertThat(deployments.serving()).containsEntry(CHAMPION, new VersionId("samples", 1));
    }

    @Test
    void aShareOfTheTrafficGoesToTheChallenger() throws Exception {
        Deployments deployments = deployments(Map.of("aliases", "champion,challenger", "canary.share", "1"));
        catalog.setAlias(CHAMPION, 1, version(1));
        loadAll(deployments);
        assertThat(answer(deployments, "samples").version()).isEqualTo(1);

        catalog.setAlias(new AliasName("samples", "challenger"), 1, version(2));
        loadAll(deployments);

        assertThat(answer(deployments, "samples").version()).isEqualTo(2);
        assertThat(deployments.resolve(new ModelReference.ByName("samples")).id())
                .isEqualTo(new VersionId("samples", 1));
    }

    @Test
    void itIsReadyWhenAModelIsWarmOrThereIsNoneToWaitFor() throws IOException {
        Deployments deployments = deployments(Map.of());
        assertThat(deployments.ready()).isTrue();

        catalog.setAlias(CHAMPION, 1, version(1));
        assertThat(deployments.ready()).isFalse();

        loadAll(deployments);
        assertThat(deployments.ready()).isTrue();
    }

    private static VersionId answer(Deployments deployments, String model) throws InterruptedException {
        return deployments
                .submit(new ModelReference.ByName(model), version -> List.of(REQUEST), "me")
                .version()
                .id();
    }

    private Map<AliasName, VersionId> loadWhatFits(Deployments deployments) {
        try {
            loadAll(deployments);
            return deployments.serving();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does what the loader would do. */
    private void loadAll(Deployments deployments) throws IOException {
        for (Optional<LoadTask> task = deployments.next(); task.isPresent(); task = deployments.next()) {
            switch (task.get()) {
                case LoadTask.Load load -> deployments.loaded(load, models.load(load.version()));
                case LoadTask.Switch change -> deployments.switched(change);
                case LoadTask.Refuse(LoadTask.Load load, String reason) -> deployments.failed(load, reason);
            }
        }
    }

    private Deployments deployments(Map<String, String> settings) {
        return new Deployments(catalog, Settings.of(settings), models, new SimpleMeterRegistry());
    }

    private static GenerationRequest request(String text) {
        return GenerationRequest.greedy(Tokenizer.gpt2().encode(text), 9);
    }

    private static ServableVersion version(int number) {
        return version("samples", number, "answer");
    }

    private static ServableVersion version(String model, int number, String... pieces) {
        return ScriptedModels.version(new VersionId(model, number), Stage.SFT, pieces);
    }
}
