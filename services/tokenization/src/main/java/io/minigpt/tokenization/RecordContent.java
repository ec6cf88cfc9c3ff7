package io.minigpt.tokenization;

/** What a record says. */
public sealed interface RecordContent {

    String id();

    /** Where it came from. */
    Origin origin();

    /** Length of its texts, in UTF-16 code units. */
    int characters();

    /** @param text normalised text */
    record Document(String id, String text, Origin origin) implements RecordContent {

        @Override
        public int characters() {
            return text.length();
        }
    }

    /** A question with its answer. */
    record Pair(String id, String question, String answer, Origin origin) implements RecordContent {

        @Override
        public int characters() {
            return question.length() + answer.length();
        }
    }

    /**
     * Where a record came from; null where it does not apply.
     *
     * @param documentId the document
     * @param documentVersion its version
     * @param start start of the passage in the document's text, in UTF-16 code units, inclusive
     * @param end end of the passage, exclusive
     * @param promptVersion version of the prompt that asked for it
     * @param teacher name and version of the teacher
     * @param recipe recipe that made a variant
     */
    record Origin(
            String documentId,
            String documentVersion,
            Integer start,
            Integer end,
            String promptVersion,
            String teacher,
            String recipe) {}
}
