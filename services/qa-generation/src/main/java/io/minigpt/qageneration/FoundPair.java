package io.minigpt.qageneration;

/**
 * A good pair.
 *
 * @param ordinal its number within the document, from 0
 * @param start start of its passage in the document's text, in UTF-16 code units
 * @param end end of its passage
 * @param question the question
 * @param answer its answer
 * @param grounding share of the answer that is in the text, from 0 to 1
 * @param callId the call whose reply held it
 */
public record FoundPair(
        int ordinal, int start, int end, String question, String answer, double grounding, String callId) {}
