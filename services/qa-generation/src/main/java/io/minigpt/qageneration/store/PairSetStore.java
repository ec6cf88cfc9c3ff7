package io.minigpt.qageneration.store;

import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Which documents have all their pairs, of which prompt and teacher. */
@ApplicationScoped
class PairSetStore {

    /** Numbers of pairs, by the ids of the documents that have all that the run would make. */
    Map<String, Integer> complete(Handle transaction, Run<GenerationScope> run, List<RunSubject> documents) {
        Map<String, Integer> complete = new HashMap<>();
        // lateral: a table without statistics yet would be read whole for the few documents that are asked for
        transaction
                .createQuery("""
                        select asked.document_id, complete.pairs
                        from unnest(:documents::text[], :versions::text[]) as asked (document_id, document_version)
                        cross join lateral (
                            select pairs from pair_set s
                            where s.document_id = asked.document_id and s.document_version = asked.document_version
                              and s.prompt_version = :prompt and s.teacher = :teacher and s.depth = :depth
                            limit 1) complete
                        """)
                .bind("documents", documents.stream().map(RunSubject::id).toArray(String[]::new))
                .bind("versions", documents.stream().map(RunSubject::version).toArray(String[]::new))
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .bind("depth", run.scope().depth().label())
                .map((row, context) -> complete.put(row.getString("document_id"), row.getInt("pairs")))
                .list();
        return complete;
    }

    /** These documents have all pairs of this run's prompt and teacher, and none of others. @param pairs how many each */
    void replace(Handle transaction, Run<GenerationScope> run, Map<RunSubject, Integer> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        transaction
                .createUpdate("delete from pair_set where document_id = any(:documents)")
                .bind("documents", pairs.keySet().stream().map(RunSubject::id).toArray(String[]::new))
                .execute();
        transaction
                .createUpdate("""
                        insert into pair_set (document_id, document_version, prompt_version, teacher, depth, pairs)
                        select document_id, document_version, :prompt, :teacher, :depth, pairs
                        from unnest(:documents::text[], :versions::text[], :pairs::int[])
                             as complete (document_id, document_version, pairs)
                        """)
                .bind("documents", pairs.keySet().stream().map(RunSubject::id).toArray(String[]::new))
                .bind(
                        "versions",
                        pairs.keySet().stream().map(RunSubject::version).toArray(String[]::new))
                .bind("pairs", pairs.values().toArray(Integer[]::new))
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .bind("depth", run.scope().depth().label())
                .execute();
    }

    /** Forgets what was made from other versions of a document's text; with an empty version from all. */
    void removeOtherVersions(Handle transaction, String documentId, String version) {
        transaction
                .createUpdate("delete from pair_set where document_id = :document and document_version <> :version")
                .bind("document", documentId)
                .bind("version", version)
                .execute();
    }
}
