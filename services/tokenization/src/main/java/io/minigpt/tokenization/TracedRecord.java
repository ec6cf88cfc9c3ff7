package io.minigpt.tokenization;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A record with where it came from and where it went; what does not apply is null.
 *
 * @param id record id
 * @param corpus corpus
 * @param kind document, curated, generated or variant
 * @param state active or retracted
 * @param parentId what it was made from
 * @param familyId the curated question, or the document, that it descends from
 * @param question question of a pair
 * @param answer answer of a pair
 * @param promptVersion prompt that asked for it
 * @param teacher name and version of the teacher
 * @param recipe recipe that made a variant
 * @param runId run that made it
 * @param document the document that it came from, or is
 * @param passage the part of the document that it was made from
 * @param places where it stands in dataset versions
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TracedRecord(
        String id,
        String corpus,
        String kind,
        String state,
        String parentId,
        String familyId,
        String question,
        String answer,
        String promptVersion,
        String teacher,
        String recipe,
        String runId,
        SourceDocument document,
        Passage passage,
        List<RecordPlace> places) {

    public TracedRecord {
        places = List.copyOf(places);
    }

    /**
     * The document behind a record.
     *
     * @param id document id
     * @param version its version now
     * @param state active or retracted
     * @param externalId id that its importer gave it
     * @param title its title
     * @param url where it was taken from
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SourceDocument(
            String id, String version, String state, String externalId, String title, String url) {}

    /**
     * A part of a document.
     *
     * @param documentVersion version of the document that it is a part of
     * @param start in the document's text, in UTF-16 code units, inclusive
     * @param end exclusive
     * @param text what it says; null if the document has another version now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Passage(String documentVersion, int start, int end, String text) {}
}
