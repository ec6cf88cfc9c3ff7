package io.minigpt.qageneration.store;

import io.minigpt.platform.Ids;
import io.minigpt.qageneration.FoundPair;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.QuestionKey;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A pair as it is stored, whether it counts or not.
 *
 * @param sequence order of its document in the corpus
 * @param ordinal its number within the document
 * @param start start of its passage in the text
 * @param end end of its passage
 * @param teacherVersion version of the teacher
 * @param teacher name and version of the teacher
 * @param callId the call whose reply held it
 * @param kept whether a person accepted or edited it
 * @param asked the teacher's question; empty if nobody changed the pair
 * @param grounding share of the teacher's answer that is in the text; empty in rows of earlier releases
 */
record PairRow(
        String id,
        String corpus,
        String documentId,
        String documentVersion,
        long sequence,
        int ordinal,
        int start,
        int end,
        String question,
        String answer,
        String promptVersion,
        String teacherVersion,
        String teacher,
        String runId,
        String callId,
        boolean kept,
        Optional<String> asked,
        OptionalDouble grounding) {

    /** A pair that a run found. The document is part of its id: the same text may be in several corpora. */
    static PairRow found(Run<GenerationScope> run, RunSubject document, FoundPair pair) {
        return new PairRow(
                Ids.of(
                        "generated-pair",
                        document.id(),
                        document.version(),
                        run.promptVersion(),
                        run.teacherVersion(),
                        Integer.toString(pair.ordinal())),
                run.corpus(),
                document.id(),
                document.version(),
                document.sequence(),
                pair.ordinal(),
                pair.start(),
                pair.end(),
                pair.question(),
                pair.answer(),
                run.promptVersion(),
                run.teacherVersion(),
                run.teacherLabel(),
                run.id(),
                pair.callId(),
                false,
                Optional.empty(),
                OptionalDouble.of(pair.grounding()));
    }

    /** The pair in a row of {@code pair} with the column {@code label} of its run's teacher. */
    static PairRow of(ResultSet row) throws SQLException {
        return new PairRow(
                row.getString("id"),
                row.getString("corpus"),
                row.getString("document_id"),
                row.getString("document_version"),
                row.getLong("sequence"),
                row.getInt("ordinal"),
                row.getInt("passage_start"),
                row.getInt("passage_end"),
                row.getString("question"),
                row.getString("answer"),
                row.getString("prompt_version"),
                row.getString("teacher"),
                row.getString("label"),
                row.getString("run_id"),
                row.getString("call_id"),
                row.getBoolean("kept"),
                Optional.ofNullable(row.getString("asked")),
                grounding(row));
    }

    /** What its question is recognised by, whoever has changed it. */
    String key() {
        return QuestionKey.of(asked.orElse(question));
    }

    /** The pair as a person wants it. */
    PairRow reviewed(Review review) {
        String original = asked.orElse(question);
        return switch (review.verdict()) {
            case ACCEPTED, REFUSED -> in(question, answer, true, asked);
            case EDITED -> in(review.question(), review.answer(), true, Optional.of(original));
        };
    }

    private PairRow in(String newQuestion, String newAnswer, boolean newKept, Optional<String> newAsked) {
        return new PairRow(
                id,
                corpus,
                documentId,
                documentVersion,
                sequence,
                ordinal,
                start,
                end,
                newQuestion,
                newAnswer,
                promptVersion,
                teacherVersion,
                teacher,
                runId,
                callId,
                newKept,
                newAsked,
                grounding);
    }

    private static OptionalDouble grounding(ResultSet row) throws SQLException {
        double share = row.getDouble("grounding");
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(share);
    }
}
