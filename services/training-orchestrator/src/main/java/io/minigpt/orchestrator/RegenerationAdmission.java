package io.minigpt.orchestrator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.dataset.v1.RegenerationGoal;
import io.minigpt.proto.dataset.v1.RegenerationRequested;
import io.minigpt.proto.training.v1.ModelVersion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a request to regenerate. What is malformed is no request; what is well-formed and cannot be done becomes a run
 * that says why, so that whoever asked finds the answer where all answers are.
 */
public final class RegenerationAdmission {

    private static final int MAX_DOCUMENTS = 10_000;
    private static final String DEFAULT_ALIAS = "champion";

    private final PipelineHistory history;
    private final Corpora corpora;
    private final SelectionAdmission selections;

    public RegenerationAdmission(PipelineHistory history, Corpora corpora, Presets presets) {
        this.history = history;
        this.corpora = corpora;
        this.selections = new SelectionAdmission(presets, corpora);
    }

    /**
     * What a request leads to.
     *
     * @param spec the run
     * @param refusal why it cannot be done; empty if it can
     */
    public record Decision(PipelineSpec spec, Optional<String> refusal) {}

    /** @throws InvalidRequestException naming the property that is malformed */
    public Decision decide(RegenerationRequested request) {
        check(request);
        Optional<PipelineSpec> earlier = history.succeeded(request.getName());
        if (earlier.isEmpty()) {
            return refuse(
                    request,
                    "pipeline '" + request.getName()
                            + "' has no run that succeeded, so there is nothing to bring up to date");
        }
        PipelineSpec spec = earlier.get();
        if (!request.getCorpus().isEmpty() && !request.getCorpus().equals(spec.corpus())) {
            return refuse(
                    request,
                    "pipeline '" + spec.name() + "' learns from corpus '" + spec.corpus() + "', not from '"
                            + request.getCorpus() + "'");
        }
        Optional<ModelVersion> base = Regeneration.trains(request.getGoal()) && !request.getDryRun()
                ? history.base(spec.model(), spec.alias())
                : Optional.empty();
        if (Regeneration.trains(request.getGoal()) && !request.getDryRun() && base.isEmpty()) {
            return refuse(
                    request,
                    "model '" + spec.model() + "' has no version whose base is still there, so nothing can be"
                            + " fine-tuned");
        }
        PipelineSpec next = spec.regenerating(revision(request, spec), request, regeneration(request, base));
        boolean freezes = next.steps().contains(StepName.FREEZE_SFT);
        return new Decision(next, freezes ? selections.refusal(next) : Optional.empty());
    }

    private static void check(RegenerationRequested request) {
        Admission.name("name", request.getName());
        if (!request.getCorpus().isEmpty()) {
            Admission.name("corpus", request.getCorpus());
        }
        RegenerationGoal goal = request.getGoal();
        if (goal == RegenerationGoal.REGENERATION_GOAL_UNSPECIFIED || goal == RegenerationGoal.UNRECOGNIZED) {
            throw new InvalidRequestException("goal is missing or unknown; it must be one of " + goals());
        }
        if (request.getDocumentIdsCount() > MAX_DOCUMENTS) {
            throw new InvalidRequestException(
                    "documentIds names " + request.getDocumentIdsCount() + " documents, more than " + MAX_DOCUMENTS);
        }
        if (request.getDocumentIdsList().stream().anyMatch(String::isBlank)) {
            throw new InvalidRequestException("documentIds holds an empty id");
        }
        SelectionAdmission.requireTaken(request.getSelection());
    }

    private static List<RegenerationGoal> goals() {
        return List.of(RegenerationGoal.values())
                .subList(
                        RegenerationGoal.REGENERATION_GOAL_PAIRS.ordinal(),
                        RegenerationGoal.REGENERATION_GOAL_PROMOTE.ordinal() + 1);
    }

    private long revision(RegenerationRequested request, PipelineSpec spec) {
        OptionalLong known = corpora.revision(spec.corpus());
        return request.getCorpusRevision() == 0 ? known.orElse(spec.corpusRevision()) : request.getCorpusRevision();
    }

    private static Regeneration regeneration(RegenerationRequested request, Optional<ModelVersion> base) {
        return new Regeneration(
                request.getGoal(),
                request.getDocumentIdsList().stream().distinct().sorted().toList(),
                request.getPrompt(),
                request.getTeacher(),
                request.getDryRun(),
                request.getReason(),
                base);
    }

    private static Decision refuse(RegenerationRequested request, String reason) {
        PipelineSpec spec = new PipelineSpec(
                request.getName(),
                request.getCorpus(),
                request.getCorpusRevision(),
                "",
                "",
                "",
                "",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode(),
                0,
                1,
                PipelineSpec.USUAL_TEMPLATE,
                List.of(),
                DEFAULT_ALIAS,
                Optional.of(regeneration(request, Optional.empty())));
        return new Decision(spec, Optional.of(reason));
    }
}
