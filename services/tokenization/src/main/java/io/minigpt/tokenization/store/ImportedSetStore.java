package io.minigpt.tokenization.store;

import io.minigpt.platform.Ids;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.tokenization.EvaluationFile.Item;
import io.minigpt.tokenization.ImportedSet;
import io.minigpt.tokenization.SetUse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Imported evaluation sets; their questions are records. */
@ApplicationScoped
public class ImportedSetStore {

    /**
     * Puts a set in the place of what was imported under its name before.
     *
     * @throws InvalidRequestException naming the line whose document is not in the corpus
     */
    public ImportedSet put(Handle transaction, String corpus, String name, SetUse use, List<Item> items) {
        Map<String, String> documents = documents(transaction, corpus, items);
        transaction
                .createUpdate("""
                        insert into evaluation_set (corpus, name, use, items) values (:corpus, :name, :use, :items)
                        on conflict (corpus, name) do update
                            set use = excluded.use, items = excluded.items, imported_at = clock_timestamp()
                        """)
                .bind("corpus", corpus)
                .bind("name", name)
                .bind("use", use.text())
                .bind("items", items.size())
                .execute();
        retract(transaction, corpus, name);
        PreparedBatch batch = transaction.prepareBatch("""
                insert into record (id, corpus, kind, state, revision, family_id, document_id, ordinal, question, answer,
                                    evaluation_set, evaluation_use)
                values (:id, :corpus, 'imported', 'active', 0, coalesce(:documentId, :id), :documentId, :ordinal,
                        :question, :answer, :set, :use)
                on conflict (id) do update set
                    state = 'active', erased = false, family_id = excluded.family_id,
                    document_id = excluded.document_id, ordinal = excluded.ordinal, question = excluded.question,
                    answer = excluded.answer, evaluation_use = excluded.evaluation_use
                """);
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            batch.bind("id", Ids.of("imported", corpus, name, item.question()))
                    .bind("corpus", corpus)
                    .bind("documentId", document(corpus, item, documents).orElse(null))
                    .bind("ordinal", i)
                    .bind("question", item.question())
                    .bind("answer", item.answer())
                    .bind("set", name)
                    .bind("use", use.text())
                    .add();
        }
        batch.execute();
        return find(transaction, corpus, name).orElseThrow();
    }

    public Optional<ImportedSet> find(Handle transaction, String corpus, String name) {
        return list(transaction, corpus).stream()
                .filter(set -> set.name().equals(name))
                .findFirst();
    }

    /** The sets of a corpus by name. */
    public List<ImportedSet> list(Handle transaction, String corpus) {
        return transaction
                .createQuery("select * from evaluation_set where corpus = :corpus order by name")
                .bind("corpus", corpus)
                .map((row, context) -> new ImportedSet(
                        row.getString("name"),
                        row.getString("use"),
                        row.getInt("items"),
                        row.getObject("imported_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The corpora that have sets. */
    List<String> corpora(Handle transaction) {
        return transaction
                .createQuery("select distinct corpus from evaluation_set order by corpus")
                .mapTo(String.class)
                .list();
    }

    /** Forgets a set; versions that have it keep it. @return false if there is none */
    public boolean remove(Handle transaction, String corpus, String name) {
        retract(transaction, corpus, name);
        return transaction
                        .createUpdate("delete from evaluation_set where corpus = :corpus and name = :name")
                        .bind("corpus", corpus)
                        .bind("name", name)
                        .execute()
                == 1;
    }

    private static void retract(Handle transaction, String corpus, String name) {
        transaction.createUpdate("""
                        update record set state = 'retracted'
                        where kind = 'imported' and corpus = :corpus and evaluation_set = :name
                        """).bind("corpus", corpus).bind("name", name).execute();
    }

    /** Record ids of the documents that the items name; they cannot be erased before the transaction ends. */
    private static Map<String, String> documents(Handle transaction, String corpus, List<Item> items) {
        String[] named = items.stream()
                .flatMap(item -> item.documentId().stream())
                .distinct()
                .toArray(String[]::new);
        Map<String, String> documents = new HashMap<>();
        if (named.length > 0) {
            transaction
                    .createQuery("""
                            select id, external_id from record
                            where corpus = :corpus and kind = 'document' and state = 'active'
                              and external_id = any(:named)
                            for share
                            """)
                    .bind("corpus", corpus)
                    .bind("named", named)
                    .map((row, context) -> documents.put(row.getString("external_id"), row.getString("id")))
                    .list();
        }
        return documents;
    }

    private static Optional<String> document(String corpus, Item item, Map<String, String> documents) {
        return item.documentId().map(named -> {
            if (!documents.containsKey(named)) {
                throw new InvalidRequestException("line " + item.line() + " is about the document '" + named
                        + "', which corpus '" + corpus + "' does not have");
            }
            return documents.get(named);
        });
    }
}
