package io.minigpt.corpus;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the object of a line means. */
@FunctionalInterface
interface LineFormat<C extends Candidate> {

    /** Longest question and longest answer, in UTF-16 code units. */
    int MAX_QUESTION = 32 * 1024;

    /** The candidate that a line describes. */
    C read(CorpusName corpus, ObjectNode line) throws RefusedLineException;

    /** {@code {"text", "id"?, "title"?, "url"?, ...}}. */
    static Document document(CorpusName corpus, ObjectNode line) throws RefusedLineException {
        Fields fields = new Fields(line);
        String original = fields.required("text");
        String text = Fields.normalised("text", original);
        String id = fields.id("id");
        String title = Normalisation.of(fields.label("title"));
        String url = fields.label("url");
        return Document.of(corpus, id, title, url, fields.rest(), original, text);
    }

    /** {@code {"question", "answer", "id"?, "documentId"?, ...}}. */
    static Question question(CorpusName corpus, ObjectNode line) throws RefusedLineException {
        Fields fields = new Fields(line);
        String question = text(fields, "question");
        String answer = text(fields, "answer");
        String id = fields.id("id");
        String document = fields.id("documentId");
        return Question.of(corpus, id, question, answer, document, fields.rest());
    }

    private static String text(Fields fields, String name) throws RefusedLineException {
        return Fields.limited(name, Fields.normalised(name, fields.required(name)), MAX_QUESTION);
    }
}
