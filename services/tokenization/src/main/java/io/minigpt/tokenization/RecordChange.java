package io.minigpt.tokenization;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A record that two versions do not have in common.
 *
 * @param id record id
 * @param change added, removed, or changed if its text or its split is another
 * @param fromSplit its split in the earlier version; null if it was added
 * @param toSplit its split in the later one; null if it was removed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordChange(String id, String change, String fromSplit, String toSplit) {}
