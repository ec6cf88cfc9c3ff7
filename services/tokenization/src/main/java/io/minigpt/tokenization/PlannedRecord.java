package io.minigpt.tokenization;

/**
 * A record's place in a version.
 *
 * @param id record id
 * @param kind what it is
 * @param parentId what it was made from; null for documents and curated questions
 * @param familyId what a split keeps together
 * @param split where it stands
 * @param label what a model that learned the version knows of it
 * @param repetition 0 for its first appearance, 1 for its second, ...
 */
public record PlannedRecord(
        String id, RecordKind kind, String parentId, String familyId, Split split, Label label, int repetition) {

    PlannedRecord repeated(int number) {
        return new PlannedRecord(id, kind, parentId, familyId, split, label, number);
    }
}
