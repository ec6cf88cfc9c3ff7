package io.minigpt.tokenization;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.dataset.v1.RegenerationPlan;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationConfigured;
import io.minigpt.proto.generation.v1.OfferedPrompt;
import io.minigpt.proto.generation.v1.OfferedTeacher;
import io.minigpt.tokenization.RegenerationRecords.Subject;
import io.minigpt.tokenization.RegenerationRecords.TouchedPairs;
import java.util.List;

/**
 * Says what a regeneration touches before anything is done: which documents a teacher is asked about again, which pairs
 * go, what it is expected to take, and which versions and models are out of date then.
 *
 * <p>A document is asked about if its present text has no pairs of the prompt and teacher in question. So a request
 * that was carried out plans nothing the second time.
 */
public final class RegenerationPlanner {

    private static final int NAMES_IN_REFUSAL = 3;

    private final RegenerationScope scope;
    private final RegenerationRecords records;

    private RegenerationPlanner(RegenerationScope scope, RegenerationRecords records) {
        this.scope = scope;
        this.records = records;
    }

    /** @throws InvalidRequestException naming what is unknown */
    public static RegenerationPlan plan(RegenerationScope scope, RegenerationRecords records) {
        return new RegenerationPlanner(scope, records).plan();
    }

    private RegenerationPlan plan() {
        SealedVersion parent = parent();
        String corpus = parent.selection().corpus();
        GenerationConfigured setup = records.setup()
                .orElseThrow(() -> new InvalidRequestException(
                        "question generation has not told yet which prompts and teachers it has; is it running?"));
        OfferedPrompt prompt = prompt(setup);
        OfferedTeacher teacher = teacher(setup);
        List<String> unknown = records.unknown(corpus, scope.documentIds());
        if (!unknown.isEmpty()) {
            throw new InvalidRequestException(unknown.size() + " of the documents are not in corpus '" + corpus + "': "
                    + unknown.stream().limit(NAMES_IN_REFUSAL).toList());
        }
        long seen = revision(parent, "corpus/");
        DocumentChoice choice = scope.documents(seen);
        List<String> asked = records.unanswered(corpus, choice, prompt.getVersion(), teacher.getLabel());
        if (asked.size() > RegenerationScope.MAX_NAMED && choice instanceof DocumentChoice.ChangedSince) {
            choice = new DocumentChoice.All();
            asked = records.unanswered(corpus, choice, prompt.getVersion(), teacher.getLabel());
        }
        boolean wholeCorpus = asked.size() > RegenerationScope.MAX_NAMED;
        // what was retracted before the version is not in it
        DocumentChoice gone = choice instanceof DocumentChoice.Named ? choice : new DocumentChoice.ChangedSince(seen);
        TouchedPairs touched = records.touched(corpus, gone, asked, revision(parent, "generation/"));
        long questions = records.questionsWithoutVariants(corpus, scope.teacher());
        List<Integer> versions = touched.pairs() == 0
                ? List.of()
                : records.versionsReaching(scope.dataset(), stream("generation/" + corpus, touched.oldest()));
        RegenerationPlan.Builder plan = RegenerationPlan.newBuilder()
                .setDataset(scope.dataset())
                .setParentVersion(parent.version().getVersion())
                .setCorpus(records.received("corpus/" + corpus))
                .setPrompt(prompt.getName())
                .setPromptVersion(prompt.getVersion())
                .setTeacher(teacher.getName())
                .setTeacherLabel(teacher.getLabel())
                .setDocuments(asked.size())
                .addAllDocumentIds(wholeCorpus ? List.of() : asked)
                .setWholeCorpus(wholeCorpus)
                .setDocumentsRetracted(touched.retractedDocuments())
                .setPairs(touched.pairs())
                .setQuestions(questions)
                .addAllVersions(versions)
                .addAllModels(records.trainedOn(scope.dataset(), versions));
        records.taken(Subject.DOCUMENT, teacher.getLabel())
                .ifPresent(taken -> plan.setPairsEstimate(Estimates.of(taken, plan.getDocuments())));
        records.taken(Subject.QUESTION, scope.teacher().isEmpty() ? "" : teacher.getLabel())
                .ifPresent(taken -> plan.setVariantsEstimate(Estimates.of(taken, questions)));
        return plan.build();
    }

    private SealedVersion parent() {
        SealedVersion newest = records.newest(scope.dataset())
                .orElseThrow(() -> new InvalidRequestException(
                        "dataset '" + scope.dataset() + "' has no version yet that could be brought up to date"));
        if (Purpose.of(newest.version().getKind()) != Purpose.SFT) {
            throw new InvalidRequestException(
                    "dataset '" + scope.dataset() + "' holds no pairs; it is for pretraining");
        }
        String corpus = newest.selection().corpus();
        if (!scope.corpus().isEmpty() && !scope.corpus().equals(corpus)) {
            throw new InvalidRequestException("dataset '" + scope.dataset() + "' is made from corpus '" + corpus
                    + "', not from '" + scope.corpus() + "'");
        }
        return newest;
    }

    private OfferedPrompt prompt(GenerationConfigured setup) {
        return setup.getPromptsList().stream()
                .filter(offered -> scope.prompt().isEmpty()
                        || scope.prompt().equals(offered.getName())
                        || scope.prompt().equals(offered.getVersion()))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("no prompt '" + scope.prompt() + "'; there are "
                        + setup.getPromptsList().stream()
                                .map(OfferedPrompt::getName)
                                .toList()));
    }

    private OfferedTeacher teacher(GenerationConfigured setup) {
        String name = scope.teacher().isEmpty() ? setup.getDefaultTeacher() : scope.teacher();
        return setup.getTeachersList().stream()
                .filter(offered -> name.equals(offered.getName()))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("no teacher '" + name + "'; there are "
                        + setup.getTeachersList().stream()
                                .map(OfferedTeacher::getName)
                                .toList()));
    }

    private static long revision(SealedVersion version, String prefix) {
        return version.inputs().stream()
                .filter(input -> input.getStream().startsWith(prefix))
                .mapToLong(StreamRevision::getRevision)
                .findFirst()
                .orElse(0);
    }

    private static StreamRevision stream(String name, long revision) {
        return StreamRevision.newBuilder().setStream(name).setRevision(revision).build();
    }
}
