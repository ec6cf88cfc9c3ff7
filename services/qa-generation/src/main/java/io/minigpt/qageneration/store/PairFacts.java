package io.minigpt.qageneration.store;

import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.KnownResult;
import io.minigpt.teacher.run.ResultChange;
import io.minigpt.teacher.run.ResultFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Writes pairs and publishes what changes. The corpus must be locked by whoever changes them. */
@ApplicationScoped
class PairFacts {

    private static final String CHANGES = " from jsonb_populate_recordset(null::pair, cast(:changes as jsonb)) c ";
    private static final String PUT = """
            insert into pair (id, corpus, document_id, document_version, sequence, ordinal, passage_start,
                              passage_end, question, answer, prompt_version, teacher, run_id, call_id, kept, asked,
                              grounding, state, revision, superseded)
            select id, corpus, document_id, document_version, sequence, ordinal, passage_start,
                   passage_end, question, answer, prompt_version, teacher, run_id, call_id, kept, asked,
                   grounding, 'active', revision, superseded
            """ + CHANGES + """
            on conflict (id) do update set
                sequence = excluded.sequence, passage_start = excluded.passage_start,
                passage_end = excluded.passage_end, question = excluded.question, answer = excluded.answer,
                run_id = excluded.run_id, call_id = excluded.call_id, kept = excluded.kept, asked = excluded.asked,
                grounding = excluded.grounding, state = excluded.state, reason = null,
                revision = excluded.revision, superseded = excluded.superseded
            """;
    private static final String RETRACT = """
            update pair set state = 'retracted', reason = c.reason, kept = false, revision = c.revision,
                            superseded = c.superseded
            """ + CHANGES + "where pair.id = c.id";
    private static final String ERASE = """
            update pair set state = 'retracted', reason = c.reason, kept = false, revision = c.revision,
                            superseded = c.superseded, question = '', answer = '', asked = null
            """ + CHANGES + "where pair.id = c.id";

    private final ResultFacts facts;

    PairFacts(ResultFacts facts) {
        this.facts = facts;
    }

    /** A change that makes a pair count. @param superseded numbers of the facts about it so far */
    static ResultChange put(PairRow pair, List<Long> superseded) {
        return new ResultChange(pair.id(), superseded, columns(pair), position -> generated(pair, position));
    }

    private static Map<String, Object> columns(PairRow pair) {
        Map<String, Object> columns = new HashMap<>(Map.of(
                "corpus", pair.corpus(),
                "document_id", pair.documentId(),
                "document_version", pair.documentVersion(),
                "sequence", pair.sequence(),
                "ordinal", pair.ordinal(),
                "passage_start", pair.start(),
                "passage_end", pair.end(),
                "question", pair.question(),
                "answer", pair.answer(),
                "prompt_version", pair.promptVersion()));
        columns.put("teacher", pair.teacherVersion());
        columns.put("run_id", pair.runId());
        columns.put("call_id", pair.callId());
        columns.put("kept", pair.kept());
        pair.asked().ifPresent(asked -> columns.put("asked", asked));
        pair.grounding().ifPresent(share -> columns.put("grounding", share));
        return columns;
    }

    /** Makes pairs count. */
    void put(Handle transaction, String corpus, Cause cause, List<ResultChange> changes) {
        facts.publish(transaction, GenerationRuns.stream(corpus), cause, PUT, changes);
    }

    /** Takes pairs back. */
    void retract(Handle transaction, String corpus, Cause cause, List<KnownResult> pairs, String reason) {
        takeBack(transaction, corpus, cause, pairs, RETRACT, reason, false);
    }

    /** Takes pairs back, with what they say and what was made from them. */
    void erase(Handle transaction, String corpus, Cause cause, List<KnownResult> pairs, String reason) {
        takeBack(transaction, corpus, cause, pairs, ERASE, reason, true);
    }

    private void takeBack(
            Handle transaction,
            String corpus,
            Cause cause,
            List<KnownResult> pairs,
            String sql,
            String reason,
            boolean erased) {
        facts.publish(
                transaction,
                GenerationRuns.stream(corpus),
                cause,
                sql,
                pairs.stream()
                        .map(pair -> new ResultChange(
                                pair.id(),
                                pair.published(),
                                Map.of("reason", reason),
                                position -> PairRetracted.newBuilder()
                                        .setPosition(position)
                                        .setCorpus(corpus)
                                        .setPairId(pair.id())
                                        .setReason(reason)
                                        .setErased(erased)
                                        .build()))
                        .toList());
    }

    private static PairGenerated generated(PairRow pair, StreamPosition position) {
        PairGenerated.Builder fact = PairGenerated.newBuilder()
                .setPosition(position)
                .setCorpus(pair.corpus())
                .setPairId(pair.id())
                .setDocumentId(pair.documentId())
                .setDocumentVersion(pair.documentVersion())
                .setDocumentSequence(pair.sequence())
                .setOrdinal(pair.ordinal())
                .setStart(pair.start())
                .setEnd(pair.end())
                .setQuestion(pair.question())
                .setAnswer(pair.answer())
                .setPromptVersion(pair.promptVersion())
                .setTeacher(pair.teacher())
                .setRunId(pair.runId())
                .setTeacherCallId(pair.callId())
                .setEdited(pair.asked().isPresent());
        pair.grounding().ifPresent(fact::setGrounding);
        return fact.build();
    }
}
