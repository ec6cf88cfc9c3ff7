package io.minigpt.tokenization;

import io.minigpt.platform.InvalidRequestException;
import java.util.List;
import java.util.Objects;

/**
 * What changed, as somebody says who wants a dataset brought up to date.
 *
 * @param dataset dataset for fine-tuning
 * @param corpus its corpus; empty to take the dataset's
 * @param documentIds documents that changed; empty for all that changed since the newest version, or for all of the
 *     corpus when a prompt or a teacher is named
 * @param prompt name or version of the prompt to use from now on; empty for the present one
 * @param teacher name of the teacher to use from now on; empty for the present one
 */
public record RegenerationScope(
        String dataset, String corpus, List<String> documentIds, String prompt, String teacher) {

    /** The most documents that are named one by one: what fits into one event. */
    public static final int MAX_NAMED = 10_000;

    public RegenerationScope {
        Objects.requireNonNull(corpus, "corpus");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(teacher, "teacher");
        if (dataset == null || dataset.isBlank()) {
            throw new InvalidRequestException("dataset is missing");
        }
        documentIds = documentIds.stream().distinct().toList();
        if (documentIds.size() > MAX_NAMED) {
            throw new InvalidRequestException("documentIds names " + documentIds.size() + " documents, more than "
                    + MAX_NAMED + "; split them, or name none to take all that changed");
        }
    }

    /** Which documents of the corpus are meant. @param since state of the corpus in the newest version */
    DocumentChoice documents(long since) {
        if (!documentIds.isEmpty()) {
            return new DocumentChoice.Named(documentIds);
        }
        boolean another = !prompt.isEmpty() || !teacher.isEmpty();
        return another ? new DocumentChoice.All() : new DocumentChoice.ChangedSince(since);
    }
}
