package io.minigpt.generation.bench;

import static io.minigpt.generation.bench.GenerationSystem.AUGMENTATION;
import static io.minigpt.generation.bench.GenerationSystem.CORPUS;
import static io.minigpt.generation.bench.GenerationSystem.QA_GENERATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.platform.events.Event;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.augmentation.v1.VariantRetracted;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever takes part in making pairs is killed in the middle of it: the pairs are those of an undisturbed run. */
class GenerationSoak {

    private static final Path SERVICES = Path.of("..");
    private static final Path CONFIG = Path.of("../../config");
    private static final int DOCUMENTS = 500;
    private static final int SLOTS = 8;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String RUNS = "/api/generation/runs/";
    private static final String VARIANT_RUNS = "/api/augmentation/runs/";

    @TempDir
    Path folder;

    /** What was published, by id: the last fact of each, without its number and run. */
    private record Published(Map<String, PairGenerated> pairs, Map<String, VariantGenerated> variants) {}

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void whatIsKilledLosesNothingAndAsksNothingTwice() throws Exception {
        Published undisturbed;
        try (GenerationSystem system = new GenerationSystem(SERVICES, CONFIG, folder.resolve("undisturbed"), SLOTS)) {
            // Given
            ServiceProcess corpus = system.start(CORPUS);
            ServiceProcess generation = system.start(QA_GENERATION);
            ServiceProcess augmentation = system.start(AUGMENTATION);
            long revision = imported(corpus, load(corpus, "documents", documents()));
            revision = Math.max(revision, imported(corpus, load(corpus, "questions", questions())));
            String run = request(generation, RUNS, revision);
            String variants = request(augmentation, VARIANT_RUNS, revision);
            awaitDone(generation, RUNS + run, "/documents/done", DOCUMENTS);
            undisturbed = published(system, run, variants);
            assertThat(system.teacher().calls()).isEqualTo(DOCUMENTS);
        }
        try (GenerationSystem system = new GenerationSystem(SERVICES, CONFIG, folder.resolve("disturbed"), SLOTS)) {
            // When
            ServiceProcess corpus = system.start(CORPUS);
            String upload = load(corpus, "documents", documents());
            corpus.kill();
            corpus = system.start(CORPUS);
            ServiceProcess generation = system.start(QA_GENERATION);
            ServiceProcess augmentation = system.start(AUGMENTATION);
            long revision = imported(corpus, upload);
            revision = Math.max(revision, imported(corpus, load(corpus, "questions", questions())));
            String run = request(generation, RUNS, revision);
            String variants = request(augmentation, VARIANT_RUNS, revision);

            awaitDone(generation, RUNS + run, "/documents/done", 60);
            generation.kill();
            augmentation.kill();
            generation = system.start(QA_GENERATION);
            system.start(AUGMENTATION);
            awaitDone(generation, RUNS + run, "/documents/done", 160);
            system.broker().killAndRestart();
            awaitDone(generation, RUNS + run, "/documents/done", 260);
            system.restartDatabase();
            awaitDone(generation, RUNS + run, "/documents/done", 360);
            generation.kill();
            generation = system.start(QA_GENERATION);
            awaitDone(generation, RUNS + run, "/documents/done", DOCUMENTS);
            Published disturbed = published(system, run, variants);

            // Then
            assertThat(disturbed.pairs()).hasSize(SteadyTeacher.PAIRS * DOCUMENTS);
            assertThat(disturbed).isEqualTo(undisturbed);
            // a call that was under way at a kill has to be made again; the restart of the database ends none
            assertThat(system.teacher().calls()).isBetween((long) DOCUMENTS, DOCUMENTS + 2L * SLOTS);
        }
    }

    private static String documents() {
        return IntStream.rangeClosed(1, DOCUMENTS)
                .mapToObj(document ->
                        "{\"id\": \"d" + document + "\", \"text\": \"" + SteadyTeacher.text(document) + "\"}\n")
                .collect(Collectors.joining());
    }

    private static String questions() throws IOException {
        return Files.readString(CONFIG.resolve("samples/questions.jsonl"));
    }

    /** Begins an import. @return its id */
    private static String load(ServiceProcess corpus, String what, String lines) throws Exception {
        return corpus.upload("/api/corpora/soak/" + what, lines).get("importId").asText();
    }

    /** Waits for the end of an import. @return revision of the corpus */
    private static long imported(ServiceProcess corpus, String id) throws Exception {
        Instant deadline = Instant.now().plus(LIMIT);
        JsonNode row = corpus.get("/api/imports/" + id);
        while (row.path("finishedAt").isNull()) {
            assertThat(Instant.now()).as("waiting for import %s", row).isBefore(deadline);
            Thread.sleep(POLL);
            row = corpus.get("/api/imports/" + id);
        }
        assertThat(row.path("state").asText()).as(row.toString()).isEqualTo("finished");
        assertThat(row.path("accepted").asLong())
                .as(row.toString())
                .isEqualTo(row.path("lines").asLong());
        return row.path("revision").asLong();
    }

    private static String request(ServiceProcess service, String runs, long revision) throws Exception {
        return service.post(
                        runs.substring(0, runs.length() - 1),
                        "{\"corpus\": \"soak\", \"corpusRevision\": " + revision + "}")
                .get("id")
                .asText();
    }

    private static void awaitDone(ServiceProcess service, String run, String figure, int wanted) throws Exception {
        Instant deadline = Instant.now().plus(LIMIT);
        long done = 0;
        while (done < wanted) {
            assertThat(Instant.now()).as("%d of %d are done", done, wanted).isBefore(deadline);
            Thread.sleep(POLL);
            try {
                done = service.get(run).at(figure).asLong();
            } catch (IOException e) {
                // its database is away; the deadline stands
                done = 0;
            }
        }
    }

    /** What two runs published, once the broker has it all, after a look at their numbers. */
    private static Published published(GenerationSystem system, String run, String variantRun) {
        try (EventProbe probe = new EventProbe(system.broker().address())) {
            long pairs = probe.await(
                            GenerationFinished.class, end -> end.getRunId().equals(run))
                    .data()
                    .getOutput()
                    .getRevision();
            long variants = probe.await(
                            AugmentationFinished.class, end -> end.getRunId().equals(variantRun))
                    .data()
                    .getOutput()
                    .getRevision();
            Map<Long, PairGenerated> pairFacts = probe.all(PairGenerated.class, pair -> true).stream()
                    .map(Event::data)
                    .collect(Collectors.toMap(
                            pair -> pair.getPosition().getRevision(), pair -> pair, (one, same) -> one, TreeMap::new));
            Map<Long, VariantGenerated> variantFacts = probe.all(VariantGenerated.class, variant -> true).stream()
                    .map(Event::data)
                    .collect(Collectors.toMap(
                            variant -> variant.getPosition().getRevision(),
                            variant -> variant,
                            (one, same) -> one,
                            TreeMap::new));
            assertThat(probe.all(PairRetracted.class, pair -> true)).isEmpty();
            assertThat(probe.all(VariantRetracted.class, variant -> true)).isEmpty();
            assertThat((long) pairFacts.size())
                    .as("pairs are numbered without gaps")
                    .isEqualTo(pairs);
            assertThat((long) variantFacts.size())
                    .as("variants are numbered without gaps")
                    .isEqualTo(variants);
            return new Published(
                    pairFacts.values().stream()
                            .map(pair -> pair.toBuilder()
                                    .clearPosition()
                                    .clearRunId()
                                    .build())
                            .collect(Collectors.toMap(PairGenerated::getPairId, pair -> pair)),
                    variantFacts.values().stream()
                            .map(variant -> variant.toBuilder()
                                    .clearPosition()
                                    .clearRunId()
                                    .build())
                            .collect(Collectors.toMap(VariantGenerated::getPairId, variant -> variant)));
        }
    }
}
