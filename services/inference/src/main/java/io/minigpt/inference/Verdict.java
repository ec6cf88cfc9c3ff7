package io.minigpt.inference;

import io.minigpt.evaluation.RougeL;
import java.util.List;

/** What the training records say of an answer. */
public enum Verdict {
    /** A record has the same answer but for some characters. */
    MEMORISED,
    /** A record has much of it. */
    PARAPHRASED,
    /** No record has. */
    UNSUPPORTED,
    /** The records could not be asked. */
    UNKNOWN;

    /** Characters that two texts have in common in the same order, as ROUGE-L counts them: from here on they are the same. */
    private static final double SAME = 0.9;

    private static final double MUCH = 0.5;
    private static final RougeL ROUGE_L = new RougeL();

    /** By the record whose answer is the nearest. */
    public static Verdict of(String answer, List<NearRecord> records) {
        double score = records.stream()
                .mapToDouble(record -> ROUGE_L.score(answer, record.answer()))
                .max()
                .orElse(0);
        return score >= SAME ? MEMORISED : score >= MUCH ? PARAPHRASED : UNSUPPORTED;
    }
}
