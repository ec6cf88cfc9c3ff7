package io.minigpt.corpus;

import io.minigpt.platform.Ids;
import java.util.List;
import java.util.Set;

/** {@code {"question", "answer", "id"?, "documentId"?, ...}}; without an id the question itself names the record. */
record QuestionFormat(Normalisation normalisation) implements LineFormat<Question> {

    /** Longest question and longest answer, in UTF-16 code units. */
    private static final int MAX_LENGTH = 32 * 1024;

    private static final Set<String> FIELDS = Set.of("question", "answer", "id", "documentId");

    @Override
    public Set<String> fields() {
        return FIELDS;
    }

    @Override
    public Question read(CorpusName corpus, Fields line) throws RefusedLineException {
        String question = text(line, "question");
        String answer = text(line, "answer");
        String id = line.id("id");
        String document = line.id("documentId");
        String documentId = document.isEmpty() ? "" : Document.id(corpus, document);
        String version = Ids.of(question, answer, documentId, normalisation.recipe());
        return new Question(
                Question.id(corpus, id.isEmpty() ? question : id),
                id,
                question,
                answer,
                documentId,
                line.rest(),
                new Fingerprint(version, Ids.of(question, answer), List.of()));
    }

    private String text(Fields line, String name) throws RefusedLineException {
        String text = normalisation.of(line.required(name));
        if (text.isBlank()) {
            throw Fields.blank(name);
        }
        return Fields.limited(name, text, MAX_LENGTH);
    }
}
