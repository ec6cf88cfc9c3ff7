package io.minigpt.tokenization;

import io.minigpt.platform.InvalidRequestException;
import java.util.List;

/**
 * Which records go into a version.
 *
 * @param corpus the corpus they belong to
 * @param maxGenerated at most so many generated pairs, the first in document order; 0 for all
 * @param curatedRepeat how often each trained record of a curated family stands in the training split, at least 1
 * @param kinds kinds of pairs: curated, generated, variant; empty for all
 * @param promptVersions generated pairs of these prompts only; empty for all
 * @param maxVariants at most so many variants, those of curated questions first, in corpus order; 0 for all
 * @param generatedRepeat how often each other trained pair stands in the training split, at least 1
 * @param minGrounding generated pairs of which at least this share of the answer is in the text, from 0 to 1; 0 for all
 * @param separator what stands after each document
 * @param template name of the text form of pairs
 * @param evaluationSets imported evaluation sets of the corpus that are frozen with it
 */
public record Selection(
        String corpus,
        long maxGenerated,
        int curatedRepeat,
        List<String> kinds,
        List<String> promptVersions,
        long maxVariants,
        int generatedRepeat,
        double minGrounding,
        Separator separator,
        String template,
        List<String> evaluationSets) {

    private static final int MAX_REPEAT = 10_000;
    private static final List<String> PAIRS = List.of("curated", "generated", "variant");

    public Selection {
        if (corpus == null || corpus.isBlank()) {
            throw new InvalidRequestException("corpus is missing");
        }
        requireAmount("maxGenerated", maxGenerated);
        requireAmount("maxVariants", maxVariants);
        requireRepeat("curatedRepeat", curatedRepeat);
        requireRepeat("generatedRepeat", generatedRepeat);
        if (!(minGrounding >= 0 && minGrounding <= 1)) {
            throw new InvalidRequestException("minGrounding must be from 0 to 1, but is " + minGrounding);
        }
        // absent in what earlier releases stored
        separator = separator == null ? Separator.EOT : separator;
        template = template == null || template.isEmpty() ? NamedTemplate.USUAL : template;
        evaluationSets = evaluationSets == null ? List.of() : List.copyOf(evaluationSets);
        kinds = List.copyOf(kinds);
        promptVersions = List.copyOf(promptVersions);
        for (String kind : kinds) {
            if (!PAIRS.contains(kind)) {
                throw new InvalidRequestException("kinds: '" + kind + "' is not one of " + PAIRS);
            }
        }
    }

    /** All kinds and prompts, generated pairs once. */
    public Selection(String corpus, long maxGenerated, int curatedRepeat) {
        this(
                corpus,
                maxGenerated,
                curatedRepeat,
                List.of(),
                List.of(),
                0,
                1,
                0,
                Separator.EOT,
                NamedTemplate.USUAL,
                List.of());
    }

    /** Whether a pair can be taken at all. */
    public boolean takes(PairCandidate pair) {
        boolean wanted = kinds.isEmpty() || kinds.contains(pair.kind().text());
        boolean prompted = pair.kind() != RecordKind.GENERATED
                || promptVersions.isEmpty()
                || promptVersions.contains(pair.promptVersion());
        boolean grounded = pair.kind() != RecordKind.GENERATED || pair.grounding() >= minGrounding;
        return wanted && prompted && grounded;
    }

    private static void requireAmount(String name, long value) {
        if (value < 0) {
            throw new InvalidRequestException(name + " must be 0 (all) or more, but is " + value);
        }
    }

    private static void requireRepeat(String name, int value) {
        if (value < 1 || value > MAX_REPEAT) {
            throw new InvalidRequestException(name + " must be from 1 to " + MAX_REPEAT + ", but is " + value);
        }
    }
}
