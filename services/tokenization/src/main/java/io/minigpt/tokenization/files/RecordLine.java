package io.minigpt.tokenization.files;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.minigpt.tokenization.Label;
import io.minigpt.tokenization.PlannedRecord;
import io.minigpt.tokenization.RecordContent;
import io.minigpt.tokenization.RecordContent.Origin;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.Split;

/** A line of {@code records.jsonl}; what does not apply is left out. The sha256 is that of the encoded text. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "id",
    "kind",
    "split",
    "label",
    "repetition",
    "parent",
    "family",
    "documentId",
    "documentVersion",
    "start",
    "end",
    "promptVersion",
    "teacher",
    "recipe",
    "question",
    "answer",
    "text",
    "sha256"
})
record RecordLine(
        String id,
        String kind,
        String split,
        String label,
        Integer repetition,
        String parent,
        String family,
        String documentId,
        String documentVersion,
        Integer start,
        Integer end,
        String promptVersion,
        String teacher,
        String recipe,
        String question,
        String answer,
        String text,
        String sha256) {

    static RecordLine of(PlannedRecord record, RecordContent content, String sha256) {
        Origin origin = content.origin();
        RecordContent.Pair pair = content instanceof RecordContent.Pair p ? p : null;
        return new RecordLine(
                record.id(),
                record.kind().text(),
                record.split().text(),
                record.label().text(),
                record.repetition() == 0 ? null : record.repetition(),
                record.parentId(),
                record.familyId(),
                origin.documentId(),
                origin.documentVersion(),
                origin.start(),
                origin.end(),
                origin.promptVersion(),
                origin.teacher(),
                origin.recipe(),
                pair == null ? null : pair.question(),
                pair == null ? null : pair.answer(),
                content instanceof RecordContent.Document document ? document.text() : null,
                sha256);
    }

    /** The entry that this line was written for. */
    Entry entry() {
        Origin origin = new Origin(documentId, documentVersion, start, end, promptVersion, teacher, recipe);
        PlannedRecord record = new PlannedRecord(
                id,
                RecordKind.of(kind),
                parent,
                family,
                Split.of(split),
                Label.of(label),
                repetition == null ? 0 : repetition);
        return new Entry(
                record,
                text == null
                        ? new RecordContent.Pair(id, question, answer, origin)
                        : new RecordContent.Document(id, text, origin));
    }
}
