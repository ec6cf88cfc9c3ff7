package io.minigpt.tokenization;

import io.minigpt.platform.InvalidRequestException;

/**
 * Which records go into a version.
 *
 * @param corpus the corpus they belong to
 * @param maxGenerated at most so many generated pairs, the first in document order; 0 for all
 * @param curatedRepeat how often each trained record of a curated family stands in the training split, at least 1
 */
public record Selection(String corpus, long maxGenerated, int curatedRepeat) {

    private static final int MAX_REPEAT = 10_000;

    public Selection {
        if (corpus == null || corpus.isBlank()) {
            throw new InvalidRequestException("corpus is missing");
        }
        if (maxGenerated < 0) {
            throw new InvalidRequestException("maxGenerated must be 0 (all) or more, but is " + maxGenerated);
        }
        if (curatedRepeat < 1 || curatedRepeat > MAX_REPEAT) {
            throw new InvalidRequestException(
                    "curatedRepeat must be from 1 to " + MAX_REPEAT + ", but is " + curatedRepeat);
        }
    }
}
