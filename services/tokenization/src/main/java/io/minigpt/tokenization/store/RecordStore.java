package io.minigpt.tokenization.store;

import io.minigpt.platform.database.Database;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.corpus.v1.DocumentImported;
import io.minigpt.proto.corpus.v1.QuestionImported;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.tokenization.RecordKind;
import io.minigpt.tokenization.RecordSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The record table. Each fact replaces what is there only if its number is higher, so facts may arrive twice and in any
 * order, a child before its parent and a retraction before what it retracts.
 */
@ApplicationScoped
public class RecordStore {

    /** What a record made from something starts as; an erasure of that waits until the transaction ends. */
    private static final String FAMILY = """
            select case when erased then 'retracted' else 'active' end as state, erased
            from (select coalesce((select erased from record where id = %s for share), false) as erased) asked
            """;

    private final Database database;
    private final DocumentTexts texts;

    RecordStore(Database database, DocumentTexts texts) {
        this.database = database;
        this.texts = texts;
    }

    public void put(Handle transaction, DocumentImported document) {
        transaction
                .createUpdate("""
                        insert into record (id, corpus, kind, state, revision, family_id, document_id, document_version,
                                            sequence, external_id, title, url, text, text_file)
                        values (:id, :corpus, 'document', 'active', :revision, :id, :id, :version,
                                :sequence, :externalId, :title, :url, :text, :textFile)
                        on conflict (id) do update set
                            state = 'active', revision = excluded.revision, family_id = excluded.family_id,
                            document_id = excluded.document_id, document_version = excluded.document_version,
                            sequence = excluded.sequence, external_id = excluded.external_id,
                            title = excluded.title, url = excluded.url,
                            text = excluded.text, text_file = excluded.text_file, erased = false
                        where excluded.revision > record.revision
                        """)
                .bind("id", document.getDocumentId())
                .bind("corpus", document.getCorpus())
                .bind("revision", document.getPosition().getRevision())
                .bind("version", document.getDocumentVersion())
                .bind("sequence", document.getSequence())
                .bind("externalId", document.getExternalId())
                .bind("title", document.getTitle())
                .bind("url", document.getUrl())
                .bind("text", document.hasTextFile() ? null : document.getText())
                .bind(
                        "textFile",
                        document.hasTextFile() ? document.getTextFile().toByteArray() : null)
                .execute();
    }

    public void put(Handle transaction, QuestionImported question) {
        transaction
                .createUpdate("""
                        insert into record (id, corpus, kind, state, revision, family_id, document_id, sequence,
                                            external_id, question, answer)
                        values (:id, :corpus, 'curated', 'active', :revision, :id, nullif(:documentId, ''), :sequence,
                                :externalId, :question, :answer)
                        on conflict (id) do update set
                            state = 'active', revision = excluded.revision, family_id = excluded.family_id,
                            document_id = excluded.document_id, sequence = excluded.sequence,
                            external_id = excluded.external_id,
                            question = excluded.question, answer = excluded.answer, erased = false
                        where excluded.revision > record.revision
                        """)
                .bind("id", question.getQuestionId())
                .bind("corpus", question.getCorpus())
                .bind("revision", question.getPosition().getRevision())
                .bind("documentId", question.getDocumentId())
                .bind("sequence", question.getSequence())
                .bind("externalId", question.getExternalId())
                .bind("question", question.getQuestion())
                .bind("answer", question.getAnswer())
                .execute();
    }

    public void put(Handle transaction, PairGenerated pair) {
        transaction
                .createUpdate("""
                        insert into record (id, corpus, kind, state, erased, revision, parent_id, family_id,
                                            document_id, document_version, sequence, ordinal, question, answer,
                                            passage_start, passage_end, prompt_version, teacher, run_id,
                                            grounding)
                        select :id, :corpus, 'generated', family.state, family.erased, :revision, :documentId,
                               :documentId, :documentId, :version, :sequence, :ordinal,
                               case when not family.erased then :question end,
                               case when not family.erased then :answer end,
                               :start, :end, :prompt, :teacher, :run, :grounding
                        from (<family>) family
                        on conflict (id) do update set
                            state = excluded.state, erased = excluded.erased, revision = excluded.revision, parent_id = excluded.parent_id,
                            family_id = excluded.family_id, document_id = excluded.document_id,
                            document_version = excluded.document_version, sequence = excluded.sequence,
                            ordinal = excluded.ordinal, question = excluded.question, answer = excluded.answer,
                            passage_start = excluded.passage_start, passage_end = excluded.passage_end,
                            prompt_version = excluded.prompt_version, teacher = excluded.teacher,
                            run_id = excluded.run_id, grounding = excluded.grounding
                        where excluded.revision > record.revision
                        """)
                .define("family", FAMILY.formatted(":documentId"))
                .bind("id", pair.getPairId())
                .bind("corpus", pair.getCorpus())
                .bind("revision", pair.getPosition().getRevision())
                .bind("documentId", pair.getDocumentId())
                .bind("version", pair.getDocumentVersion())
                .bind("sequence", pair.getDocumentSequence())
                .bind("ordinal", pair.getOrdinal())
                .bind("question", pair.getQuestion())
                .bind("answer", pair.getAnswer())
                .bind("start", pair.getStart())
                .bind("end", pair.getEnd())
                .bind("prompt", pair.getPromptVersion())
                .bind("teacher", pair.getTeacher())
                .bind("run", pair.getRunId())
                .bind("grounding", pair.hasGrounding() ? pair.getGrounding() : null)
                .execute();
    }

    public void put(Handle transaction, VariantGenerated variant) {
        transaction
                .createUpdate("""
                        insert into record (id, corpus, kind, state, erased, revision, parent_id, family_id, ordinal,
                                            question, answer, prompt_version, teacher, recipe, run_id)
                        select :id, :corpus, 'variant', family.state, family.erased, :revision, :parent, :family,
                               :ordinal,
                               case when not family.erased then :question end,
                               case when not family.erased then :answer end,
                               :prompt, :teacher, :recipe, :run
                        from (<family>) family
                        on conflict (id) do update set
                            state = excluded.state, erased = excluded.erased, revision = excluded.revision, parent_id = excluded.parent_id,
                            family_id = excluded.family_id, ordinal = excluded.ordinal,
                            question = excluded.question, answer = excluded.answer,
                            prompt_version = excluded.prompt_version, teacher = excluded.teacher,
                            recipe = excluded.recipe, run_id = excluded.run_id
                        where excluded.revision > record.revision
                        """)
                .define("family", FAMILY.formatted(":family"))
                .bind("id", variant.getPairId())
                .bind("corpus", variant.getCorpus())
                .bind("revision", variant.getPosition().getRevision())
                .bind("parent", variant.getParentId())
                .bind("family", variant.getFamilyId())
                .bind("ordinal", variant.getOrdinal())
                .bind("question", variant.getQuestion())
                .bind("answer", variant.getAnswer())
                .bind("prompt", variant.getPromptVersion())
                .bind("teacher", variant.getTeacher())
                .bind("recipe", variant.getRecipe())
                .bind("run", variant.getRunId())
                .execute();
    }

    /**
     * Marks a record as retracted; what it said stays, as earlier versions contain it.
     *
     * @return whether the fact was newer than what is there
     */
    public boolean retract(Handle transaction, RecordKind kind, String id, String corpus, StreamPosition position) {
        return transaction
                        .createUpdate("""
                                insert into record (id, corpus, kind, state, revision)
                                values (:id, :corpus, :kind, 'retracted', :revision)
                                on conflict (id) do update set state = 'retracted', revision = excluded.revision
                                where excluded.revision > record.revision
                                """)
                        .bind("id", id)
                        .bind("corpus", corpus)
                        .bind("kind", kind.text())
                        .bind("revision", position.getRevision())
                        .execute()
                == 1;
    }

    /** Removes what a retracted document or curated question said, and everything made from it. Ids stay. */
    public void erase(Handle transaction, String id) {
        transaction.createUpdate("""
                        update record set state = 'retracted', erased = true, external_id = null, title = null,
                                          url = null, text = null, text_file = null, question = null, answer = null
                        where id = :id or (family_id = :id and kind in ('generated', 'variant', 'imported'))
                        """).bind("id", id).execute();
    }

    /** Reads the records of a corpus as they are at one moment. */
    public <T> T snapshot(String corpus, Function<RecordSnapshot, T> work) {
        return database.read(transaction -> work.apply(new TableSnapshot(transaction, texts, corpus)));
    }
}
