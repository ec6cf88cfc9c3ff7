package io.minigpt.tokenization;

import io.minigpt.platform.Ids;
import java.util.List;
import java.util.Map;

/**
 * Decides by hashes of ids which split a record belongs to, so that a record stays where it is from version to version,
 * whatever else comes or goes.
 *
 * @param salt part of every hash; another salt is another rule
 * @param heldOutDocuments share of the documents that are not trained on
 * @param reportedDocuments share of the held-out documents whose pairs are reported on instead of validated with, so
 *     that choosing a checkpoint and reporting on it never use the same pair
 * @param sameDocument share of the trained documents that hold out one pair
 * @param heldOutVariants variants of each curated family that are held out; the first is reported on, the others
 *     validate
 */
public record SplitRule(
        String salt, double heldOutDocuments, double reportedDocuments, double sameDocument, int heldOutVariants) {

    /** The rule of recipe 1. */
    public static final SplitRule STANDARD = new SplitRule("minigpt-split-1", 0.10, 0.50, 0.05, 2);

    private static final int SHARE_DIGITS = 8;

    /** Split of a document's text in pretraining. */
    public Split ofText(String documentId) {
        return share("document", documentId) < heldOutDocuments ? Split.VALIDATION : Split.TRAIN;
    }

    /** Split of a document's pairs in fine-tuning; the same documents are held out as in pretraining. */
    public Split ofPairs(String documentId) {
        if (ofText(documentId) == Split.TRAIN) {
            return Split.TRAIN;
        }
        return share("report", documentId) < reportedDocuments ? Split.REPORT : Split.VALIDATION;
    }

    /** Whether a trained document holds out one of its pairs. */
    public boolean holdsOutOnePair(String documentId) {
        return share("same-document", documentId) < sameDocument;
    }

    /** The ids in an order that only depends on the salt, the purpose and the ids themselves. */
    public List<String> order(String purpose, List<String> ids) {
        return ids.stream()
                .map(id -> Map.entry(key(purpose, id), id))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Place of an id in {@link #order}: hexadecimal, compared as text. */
    public String key(String purpose, String id) {
        return Ids.of(salt, purpose, id);
    }

    private double share(String purpose, String id) {
        return Long.parseLong(key(purpose, id).substring(0, SHARE_DIGITS), 16) / (double) (1L << (4 * SHARE_DIGITS));
    }
}
