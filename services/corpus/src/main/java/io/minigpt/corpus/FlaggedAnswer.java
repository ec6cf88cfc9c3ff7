package io.minigpt.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * An answer that a person flagged.
 *
 * @param flagId id of the flag
 * @param model model that answered
 * @param version its version
 * @param prompt what was asked
 * @param answer what was answered
 * @param temperature sampling temperature
 * @param reason why it was flagged
 * @param flaggedAt when
 * @param state what was decided about it
 * @param corpus where its corrected pair is; absent if it was not accepted
 * @param question of that pair
 * @param correct the answer of that pair
 * @param decidedAt when; absent while it is open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlaggedAnswer(
        String flagId,
        String model,
        int version,
        String prompt,
        String answer,
        double temperature,
        String reason,
        Instant flaggedAt,
        CorrectionState state,
        String corpus,
        String question,
        String correct,
        Instant decidedAt) {

    /**
     * What was decided.
     *
     * @param corpus of the pair; null if it was refused
     * @param question of the pair; null if it was refused
     * @param correct the answer of the pair; null if it was refused
     */
    public record Decision(CorrectionState state, String corpus, String question, String correct) {}

    /** What was decided about it. */
    Decision decision() {
        return new Decision(state, corpus, question, correct);
    }

    /** One that nobody has decided about. */
    public static FlaggedAnswer open(
            String flagId,
            String model,
            int version,
            String prompt,
            String answer,
            double temperature,
            String reason,
            Instant flaggedAt) {
        return new FlaggedAnswer(
                flagId,
                model,
                version,
                prompt,
                answer,
                temperature,
                reason,
                flaggedAt,
                CorrectionState.OPEN,
                null,
                null,
                null,
                null);
    }
}
