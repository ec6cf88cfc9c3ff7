package io.minigpt.tokenization;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a rebuild found of one file of a version.
 *
 * @param name the file
 * @param sha256 what its content must have
 * @param stored what is in the artifact store: intact, damaged or missing
 * @param rebuilt what the frozen records give: equal, different, or not-rebuilt if they cannot be read
 * @param detail what is wrong; null if nothing is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileProof(String name, String sha256, String stored, String rebuilt, String detail) {

    /** Whether the stored file and the rebuilt one are what the version says. */
    public boolean holds() {
        return stored.equals("intact") && rebuilt.equals("equal");
    }
}
