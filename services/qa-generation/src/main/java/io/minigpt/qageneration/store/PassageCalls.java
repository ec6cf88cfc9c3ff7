package io.minigpt.qageneration.store;

import io.minigpt.qageneration.GenerationScope;
import io.minigpt.qageneration.PassageCall;
import io.minigpt.teacher.calls.CallStore;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Every reply of a teacher about a passage. */
@ApplicationScoped
public class PassageCalls extends CallStore<PassageCall> {

    @Override
    protected Map<String, ?> columns(PassageCall call) {
        return Map.of(
                "document_version", call.documentVersion(),
                "passage_start", call.start(),
                "passage_end", call.end(),
                "prompt_version", call.promptVersion(),
                "teacher", call.teacher(),
                "attempt", call.attempt());
    }

    @Override
    protected String subject(PassageCall call) {
        return call.documentVersion();
    }

    @Override
    protected Set<String> erased(Handle transaction, Collection<String> versions) {
        return transaction
                .createQuery("""
                        select version from (
                            select version, erased from document where version = any(:versions) for share) asked
                        group by version having bool_and(erased)
                        """)
                .bind("versions", versions.toArray(String[]::new))
                .mapTo(String.class)
                .set();
    }

    /** Forgets what teachers said about any text that a document ever had. */
    void forget(Handle transaction, String documentId) {
        List<String> versions = transaction
                .createQuery("""
                        select version from document where id = :id
                        union select document_version from pair where document_id = :id
                        union select subject_version from run_subject where subject_id = :id
                        """)
                .bind("id", documentId)
                .mapTo(String.class)
                .list();
        forget(transaction, "document_version", versions);
    }

    /** Ids of the calls that were made about a document for a run's prompt and teacher. */
    public List<String> about(Handle transaction, Run<GenerationScope> run, RunSubject document) {
        return transaction
                .createQuery("""
                        select id from teacher_call
                        where document_version = :version and prompt_version = :prompt and teacher = :teacher
                        order by passage_start, attempt, id
                        """)
                .bind("version", document.version())
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .mapTo(String.class)
                .list();
    }
}
