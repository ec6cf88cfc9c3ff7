package io.minigpt.tokenization;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * How two versions of a dataset differ.
 *
 * @param dataset its name
 * @param from the one side
 * @param to the other
 * @param records how many records differ, and how many do not
 * @param items the different ones by id, a page of them
 * @param next cursor of the next page; null on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionDiff(String dataset, Side from, Side to, Counts records, List<RecordChange> items, String next) {

    public VersionDiff {
        items = List.copyOf(items);
    }

    /** One of the versions with the tokens of its files. */
    public record Side(int version, String identity, long trainTokens, long validationTokens) {}

    /**
     * Records by what became of them.
     *
     * @param added only the other has them
     * @param removed only the one has them
     * @param changed their text or their split differs
     * @param unchanged they are equal
     */
    public record Counts(long added, long removed, long changed, long unchanged) {}
}
