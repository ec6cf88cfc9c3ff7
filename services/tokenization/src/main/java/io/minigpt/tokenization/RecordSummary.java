package io.minigpt.tokenization;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A record in a list; what does not apply is null.
 *
 * @param id record id
 * @param kind document, curated, generated or variant
 * @param state active or retracted
 * @param parentId what it was made from
 * @param documentVersion version of the document that it was made from
 * @param promptVersion prompt that asked for it
 * @param teacher name and version of the teacher
 * @param question question of a pair
 * @param answer answer of a pair
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordSummary(
        String id,
        String kind,
        String state,
        String parentId,
        String documentVersion,
        String promptVersion,
        String teacher,
        String question,
        String answer) {}
