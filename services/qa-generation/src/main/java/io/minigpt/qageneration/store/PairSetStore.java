package io.minigpt.qageneration.store;

import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which documents have all their pairs, of which prompt and teacher. */
@ApplicationScoped
class PairSetStore {

    /** Number of pairs, if the document has all that the run would make. */
    Optional<Integer> complete(Handle transaction, Run<GenerationScope> run, RunSubject document) {
        return transaction
                .createQuery("""
                        select pairs from pair_set
                        where document_id = :document and document_version = :version
                          and prompt_version = :prompt and teacher = :teacher and depth = :depth
                        """)
                .bind("document", document.id())
                .bind("version", document.version())
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .bind("depth", run.scope().depth().label())
                .mapTo(Integer.class)
                .findOne();
    }

    /** The document has all pairs of this run's prompt and teacher, and none of others. */
    void replace(Handle transaction, Run<GenerationScope> run, RunSubject document, int pairs) {
        removeOtherVersions(transaction, document.id(), "");
        transaction
                .createUpdate("""
                        insert into pair_set (document_id, document_version, prompt_version, teacher, depth, pairs)
                        values (:document, :version, :prompt, :teacher, :depth, :pairs)
                        """)
                .bind("document", document.id())
                .bind("version", document.version())
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .bind("depth", run.scope().depth().label())
                .bind("pairs", pairs)
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
