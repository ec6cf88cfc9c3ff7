package io.minigpt.tokenization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.RegenerationPlan;
import io.minigpt.proto.dataset.v1.TeacherEstimate;
import io.minigpt.proto.dataset.v1.TouchedModel;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationConfigured;
import io.minigpt.proto.generation.v1.OfferedPrompt;
import io.minigpt.proto.generation.v1.OfferedTeacher;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegenerationPlannerTest {

    /** A corpus of which the documents from a number on have changed. */
    private record Corpus(int documents, int changed) implements RegenerationRecords {

        @Override
        public Optional<SealedVersion> newest(String dataset) {
            DatasetVersion version = DatasetVersion.newBuilder()
                    .setVersion(3)
                    .setKind(DatasetKind.DATASET_KIND_SFT)
                    .build();
            return Optional.of(new SealedVersion(
                    version,
                    new Selection("news", 0, 1),
                    List.of(received("corpus/news")),
                    "",
                    "",
                    "",
                    Instant.EPOCH,
                    Optional.empty()));
        }

        @Override
        public Optional<GenerationConfigured> setup() {
            return Optional.of(GenerationConfigured.newBuilder()
                    .addPrompts(OfferedPrompt.newBuilder().setName("questions").setVersion("abc"))
                    .addTeachers(OfferedTeacher.newBuilder().setName("big").setLabel("big/2"))
                    .setDefaultTeacher("big")
                    .build());
        }

        @Override
        public List<String> unknown(String corpus, List<String> documentIds) {
            return List.of();
        }

        @Override
        public List<String> unanswered(String corpus, DocumentChoice choice, String promptVersion, String teacher) {
            return switch (choice) {
                case DocumentChoice.Named named -> named.ids();
                case DocumentChoice.ChangedSince _ -> ids(changed);
                case DocumentChoice.All _ -> ids(documents);
            };
        }

        @Override
        public TouchedPairs touched(String corpus, DocumentChoice gone, List<String> asked, long since) {
            // tells what it was asked for
            return new TouchedPairs(gone instanceof DocumentChoice.ChangedSince(long seen) ? seen : 0, 0, 0);
        }

        @Override
        public long questionsWithoutVariants(String corpus, String teacher) {
            return 0;
        }

        @Override
        public StreamRevision received(String stream) {
            return StreamRevision.newBuilder().setStream(stream).setRevision(7).build();
        }

        @Override
        public List<Integer> versionsReaching(String dataset, StreamRevision least) {
            return List.of(3);
        }

        @Override
        public List<TouchedModel> trainedOn(String dataset, List<Integer> versions) {
            return List.of();
        }

        @Override
        public Optional<TeacherEstimate> taken(Subject subject, String teacherLabel) {
            return Optional.empty();
        }

        private static List<String> ids(int count) {
            return IntStream.range(0, count).mapToObj(Integer::toString).toList();
        }
    }

    @Test
    void namesWhatFitsIntoAnEvent() {
        RegenerationPlan plan = plan(new Corpus(50_000, RegenerationScope.MAX_NAMED), "");

        assertThat(plan.getWholeCorpus()).isFalse();
        assertThat(plan.getDocumentIdsCount()).isEqualTo(RegenerationScope.MAX_NAMED);
        assertThat(plan.getSerializedSize()).isLessThan(900 * 1024);
    }

    @Test
    void plansTheWholeCorpusWhenMoreHasChanged() {
        RegenerationPlan plan = plan(new Corpus(50_000, RegenerationScope.MAX_NAMED + 1), "");

        assertThat(plan.getWholeCorpus()).isTrue();
        assertThat(plan.getDocuments()).isEqualTo(50_000);
        assertThat(plan.getDocumentIdsCount()).isZero();
        assertThat(plan.hasPairsEstimate()).isFalse();
    }

    @Test
    void takesAPromptByNameOrVersion() {
        assertThat(plan(new Corpus(5, 1), "abc").getDocuments()).isEqualTo(5);
        assertThat(plan(new Corpus(5, 1), "questions").getPromptVersion()).isEqualTo("abc");
        assertThatThrownBy(() -> plan(new Corpus(5, 1), "abd"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("no prompt 'abd'; there are [questions]");
    }

    @Test
    void whatWasRetractedBeforeTheVersionIsNotCounted() {
        assertThat(plan(new Corpus(5, 1), "questions").getDocumentsRetracted()).isEqualTo(7);
    }

    @Test
    void refusesMoreNamesThanFit() {
        List<String> ids = Corpus.ids(RegenerationScope.MAX_NAMED + 1);

        assertThatThrownBy(() -> new RegenerationScope("news-sft", "", ids, "", ""))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("documentIds names 10001 documents");
    }

    @Test
    void scalesWhatWasTakenAndRoundsUp() {
        TeacherEstimate taken = TeacherEstimate.newBuilder()
                .setMeasured(3)
                .setCalls(4)
                .setTokensIn(100)
                .setCost("0.10")
                .build();

        TeacherEstimate estimate = Estimates.of(taken, 2);

        assertThat(estimate.getCalls()).isEqualTo(3);
        assertThat(estimate.getTokensIn()).isEqualTo(67);
        assertThat(estimate.getCost()).isEqualTo("0.066667");
        assertThat(estimate.getMeasured()).isEqualTo(3);
    }

    private static RegenerationPlan plan(Corpus corpus, String prompt) {
        return RegenerationPlanner.plan(new RegenerationScope("news-sft", "", List.of(), prompt, ""), corpus);
    }
}
