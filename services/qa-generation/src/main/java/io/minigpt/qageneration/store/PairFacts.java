package io.minigpt.qageneration.store;

import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.KnownResult;
import io.minigpt.teacher.run.ResultChange;
import io.minigpt.teacher.run.ResultFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes pairs and publishes what changes. The corpus must be locked by whoever changes them. */
@ApplicationScoped
class PairFacts {

    private static final String PUT = """
            insert into pair (id, corpus, document_id, document_version, sequence, ordinal, passage_start,
                              passage_end, question, answer, prompt_version, teacher, run_id, call_id, kept, asked,
                              grounding, state, revision, superseded)
            values (:id, :corpus, :document, :version, :sequence, :ordinal, :start, :end, :question, :answer,
                    :prompt, :teacher, :run, :call, :kept, :asked, :grounding, 'active', :revision, :superseded)
            on conflict (id) do update set
                sequence = excluded.sequence, passage_start = excluded.passage_start,
                passage_end = excluded.passage_end, question = excluded.question, answer = excluded.answer,
                run_id = excluded.run_id, call_id = excluded.call_id, kept = excluded.kept, asked = excluded.asked,
                grounding = excluded.grounding, state = excluded.state, reason = null,
                revision = excluded.revision, superseded = excluded.superseded
            """;
    private static final String RETRACT = """
            update pair set state = 'retracted', reason = :reason, kept = false, revision = :revision,
                            superseded = :superseded
            where id = :id
            """;
    private static final String ERASE = """
            update pair set state = 'retracted', reason = :reason, kept = false, revision = :revision,
                            superseded = :superseded, question = '', answer = '', asked = null
            where id = :id
            """;

    private final ResultFacts facts;

    PairFacts(ResultFacts facts) {
        this.facts = facts;
    }

    /** A change that makes a pair count. @param superseded numbers of the facts about it so far */
    static ResultChange put(PairRow pair, List<Long> superseded) {
        return new ResultChange(
                pair.id(),
                superseded,
                row -> row.bind("corpus", pair.corpus())
                        .bind("document", pair.documentId())
                        .bind("version", pair.documentVersion())
                        .bind("sequence", pair.sequence())
                        .bind("ordinal", pair.ordinal())
                        .bind("start", pair.start())
                        .bind("end", pair.end())
                        .bind("question", pair.question())
                        .bind("answer", pair.answer())
                        .bind("prompt", pair.promptVersion())
                        .bind("teacher", pair.teacherVersion())
                        .bind("run", pair.runId())
                        .bind("call", pair.callId())
                        .bind("kept", pair.kept())
                        .bind("asked", pair.asked().orElse(null))
                        .bind(
                                "grounding",
                                pair.grounding().isPresent() ? pair.grounding().getAsDouble() : null),
                position -> generated(pair, position));
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
                                row -> row.bind("reason", reason),
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
