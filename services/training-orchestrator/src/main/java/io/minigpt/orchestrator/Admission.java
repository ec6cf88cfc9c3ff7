package io.minigpt.orchestrator;

import io.minigpt.platform.InvalidRequestException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Checks a request before anything is done, and fixes all that it leaves open. */
@ApplicationScoped
public class Admission {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    /** Leaves room for -pretraining in names of at most 63 characters. */
    private static final int LONGEST_PIPELINE_NAME = 50;

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    private final Presets presets;

    public Admission(Presets presets) {
        this.presets = presets;
    }

    /**
     * What the request means.
     *
     * @throws InvalidRequestException naming the property that is wrong
     */
    public PipelineSpec pipeline(PipelineRequest request, Corpora corpora) {
        String name = name("name", request.name());
        if (name.endsWith("-base")) {
            throw new InvalidRequestException(
                    "name '" + name + "' ends in -base, which names the pretrained model of another pipeline");
        }
        if (name.length() > LONGEST_PIPELINE_NAME) {
            throw new InvalidRequestException(
                    "name '" + name + "' has " + name.length() + " characters, more than " + LONGEST_PIPELINE_NAME);
        }
        String corpus = name("corpus", request.corpus());
        String modelPreset = given(request.modelPreset(), "demo");
        String pretrainingPreset = given(request.pretrainingPreset(), "demo-pretrain");
        String sftPreset = given(request.sftPreset(), "demo-sft");
        Optional<PipelineRequest.Selection> selection = Optional.ofNullable(request.selection());
        PipelineSpec spec = new PipelineSpec(
                name,
                corpus,
                revision(corpus, request.corpusRevision(), corpora),
                given(request.teacher(), ""),
                modelPreset,
                pretrainingPreset,
                sftPreset,
                presets.model("modelPreset", modelPreset, Map.of()),
                presets.training("pretrainingPreset", pretrainingPreset, given(request.pretrainingOverrides())),
                presets.training("sftPreset", sftPreset, given(request.sftOverrides())),
                selection
                        .map(PipelineRequest.Selection::maxGenerated)
                        .map(max -> atLeast("selection.maxGenerated", max, 0))
                        .orElse(0L),
                selection
                        .map(PipelineRequest.Selection::curatedRepeat)
                        .map(repeat -> Math.toIntExact(atLeast("selection.curatedRepeat", repeat, 1)))
                        .orElse(1),
                selection.map(PipelineRequest.Selection::template).orElse(PipelineSpec.USUAL_TEMPLATE),
                selection
                        .map(PipelineRequest.Selection::evaluationSets)
                        .map(sets -> sets.stream()
                                .map(set -> name("selection.evaluationSets", set))
                                .toList())
                        .orElse(List.of()),
                name("alias", given(request.alias(), "champion")),
                Optional.empty());
        new SelectionAdmission(presets, corpora).refusal(spec).ifPresent(reason -> {
            throw new InvalidRequestException(reason);
        });
        return spec;
    }

    /** Checks a run id that a caller chose. */
    public static String runId(String id) {
        if (!RUN_ID.matcher(id).matches()) {
            throw new InvalidRequestException("run id '" + id + "' must be " + RUN_ID);
        }
        return id;
    }

    /** Checks a name of a pipeline, corpus, model, dataset or alias. */
    static String name(String property, String value) {
        if (value == null || !NAME.matcher(value).matches()) {
            throw new InvalidRequestException(
                    property + (value == null ? " is missing; it" : " '" + value + "'") + " must be " + NAME);
        }
        return value;
    }

    static Map<String, String> given(Map<String, String> overrides) {
        return overrides == null ? Map.of() : overrides;
    }

    private static String given(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value;
    }

    private static long atLeast(String property, long value, long least) {
        if (value < least) {
            throw new InvalidRequestException(property + " " + value + " must be at least " + least);
        }
        return value;
    }

    private static long revision(String corpus, Long asked, Corpora corpora) {
        if (asked != null) {
            return atLeast("corpusRevision", asked, 1);
        }
        OptionalLong known = corpora.revision(corpus);
        return known.orElseThrow(() -> new InvalidRequestException(
                "corpus '" + corpus + "' is not known here yet; import documents into it, or give corpusRevision"));
    }
}
