package io.minigpt.worker;

import io.minigpt.gpt.text.RougeL;
import java.text.Normalizer;

/**
 * Scores of one answer.
 *
 * @param rougeL ROUGE-L of the answer, see {@link RougeL}
 * @param exactMatch 1 if the answer equals the reference after NFC and without white space around it, else 0
 */
record ItemScores(double rougeL, double exactMatch) {

    static ItemScores of(String answer, String reference) {
        return new ItemScores(RougeL.score(answer, reference), normal(answer).equals(normal(reference)) ? 1 : 0);
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    }
}
