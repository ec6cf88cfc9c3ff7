package io.minigpt.teacher.extractive;

/**
 * A clause whose subject is known.
 *
 * @param subject written out, never a pronoun
 * @param predicate what is said about it
 * @param first whether it is the sentence's main clause and not one that shares its subject
 */
record Clause(String subject, String predicate, boolean first) {

    String text() {
        return subject + predicate;
    }
}
