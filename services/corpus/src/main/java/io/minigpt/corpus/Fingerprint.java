package io.minigpt.corpus;

import java.util.List;

/**
 * What a content is compared by.
 *
 * @param version function of the original content and the normalisation recipe
 * @param contentHash function of the normalised content; two candidates with the same one are duplicates
 * @param bands see {@link Bands}; empty if near duplicates are not looked for
 */
public record Fingerprint(String version, String contentHash, List<Long> bands) {

    public Fingerprint {
        bands = List.copyOf(bands);
    }
}
