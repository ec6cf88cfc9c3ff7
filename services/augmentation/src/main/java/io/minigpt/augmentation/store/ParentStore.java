package io.minigpt.augmentation.store;

import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.ParentSource;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.CorpusLock;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The questions that can have variants. A fact replaces what is there only if its number is higher; one that changes or
 * retracts a question takes back the variants of what it said before.
 */
@ApplicationScoped
public class ParentStore {

    private final VariantStore variants;
    private final VariantsCalls calls;

    ParentStore(VariantStore variants, VariantsCalls calls) {
        this.variants = variants;
        this.calls = calls;
    }

    /** A question is active with these words. */
    public void put(Handle transaction, Parent parent, long revision, Cause cause) {
        CorpusLock.take(transaction, parent.corpus());
        boolean newer = transaction
                        .createUpdate("""
                                insert into parent (id, corpus, source, family_id, sequence, ordinal, question, answer,
                                                    content, state, revision)
                                values (:id, :corpus, :source, :family, :sequence, :ordinal, :question, :answer,
                                        :content, 'active', :revision)
                                on conflict (id) do update set
                                    family_id = excluded.family_id, sequence = excluded.sequence,
                                    ordinal = excluded.ordinal, question = excluded.question,
                                    answer = excluded.answer, content = excluded.content,
                                    state = excluded.state, erased = false, revision = excluded.revision
                                where excluded.revision > parent.revision
                                """)
                        .bind("id", parent.id())
                        .bind("corpus", parent.corpus())
                        .bind("source", parent.source().text())
                        .bind("family", parent.familyId())
                        .bind("sequence", parent.sequence())
                        .bind("ordinal", parent.ordinal())
                        .bind("question", parent.question())
                        .bind("answer", parent.answer())
                        .bind("content", parent.content())
                        .bind("revision", revision)
                        .execute()
                == 1;
        if (newer) {
            variants.retractOtherContents(
                    transaction,
                    parent.corpus(),
                    parent.id(),
                    parent.content(),
                    "its question has other words now",
                    cause);
        }
    }

    /** A question is no longer part of its corpus. @param erased whether nothing that it said may be kept */
    public void retract(
            Handle transaction,
            ParentSource source,
            String id,
            String corpus,
            long revision,
            boolean erased,
            Cause cause) {
        CorpusLock.take(transaction, corpus);
        boolean newer = transaction
                        .createUpdate("""
                                insert into parent (id, corpus, source, sequence, ordinal, state, erased, revision)
                                values (:id, :corpus, :source, 0, 0, 'retracted', :erased, :revision)
                                on conflict (id) do update set
                                    state = 'retracted', erased = excluded.erased, revision = excluded.revision
                                where excluded.revision > parent.revision
                                """)
                        .bind("id", id)
                        .bind("corpus", corpus)
                        .bind("source", source.text())
                        .bind("erased", erased)
                        .bind("revision", revision)
                        .execute()
                == 1;
        if (newer) {
            String reason = erased ? "its question was erased" : "its question was retracted";
            variants.retractOtherContents(transaction, corpus, id, "", reason, cause);
            if (erased) {
                erase(transaction, id);
            }
        }
    }

    /** The questions that are active and still say what they said when a run began, by their ids. */
    public Map<String, Parent> active(Handle handle, List<RunSubject> subjects) {
        return handle
                .createQuery("""
                        select p.* from parent p
                        join unnest(:ids::text[], :contents::text[]) as asked (id, content) using (id, content)
                        where p.state = 'active'
                        """)
                .bind("ids", subjects.stream().map(RunSubject::id).toArray(String[]::new))
                .bind("contents", subjects.stream().map(RunSubject::version).toArray(String[]::new))
                .map((row, context) -> parent(row))
                .stream()
                .collect(Collectors.toMap(Parent::id, parent -> parent));
    }

    /** Whether anything was ever heard of a corpus. */
    public boolean knows(Handle transaction, String corpus) {
        return transaction
                .createQuery("select exists (select from parent where corpus = :corpus)")
                .bind("corpus", corpus)
                .mapTo(Boolean.class)
                .one();
    }

    /** Removes what a question said and what was made from it. Ids, counts and costs stay. */
    private void erase(Handle transaction, String id) {
        for (String sql : List.of(
                "update parent set question = null, answer = null, content = null where id = :id",
                "update variant set question = '', answer = '' where parent_id = :id",
                "update reject set question = '', answer = '', detail = '' where subject_id = :id")) {
            transaction.createUpdate(sql).bind("id", id).execute();
        }
        calls.forget(transaction, id);
    }

    private static Parent parent(ResultSet row) throws SQLException {
        return new Parent(
                row.getString("id"),
                row.getString("corpus"),
                ParentSource.of(row.getString("source")),
                row.getString("family_id"),
                row.getLong("sequence"),
                row.getInt("ordinal"),
                row.getString("question"),
                row.getString("answer"));
    }
}
