package io.minigpt.qageneration.store;

import com.google.protobuf.Message;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationCounts;
import io.minigpt.proto.generation.v1.GenerationFinished;
import io.minigpt.proto.generation.v1.GenerationProgressed;
import io.minigpt.proto.generation.v1.GenerationStarted;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import io.minigpt.qageneration.GenerationConfig;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.PromptTemplate;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.run.Counts;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.Runs;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Runs that make pairs of documents. */
@Singleton
public class GenerationRuns extends Runs<GenerationScope> {

    private static final String NAME = "generation";

    private final PromptTemplate prompt;

    GenerationRuns(GenerationConfig config, Prompts prompts) {
        super(NAME, "document", prompts.questions(), config.progressEvery());
        this.prompt = prompts.questions();
    }

    /** Stream that numbers the pairs of a corpus. */
    static String stream(String corpus) {
        return NAME + "/" + corpus;
    }

    @Override
    protected Map<String, ?> columns(GenerationScope scope) {
        return Map.of("prompt", scope.prompt(), "max_documents", scope.maxDocuments());
    }

    @Override
    protected GenerationScope scope(ResultSet row) throws SQLException {
        return new GenerationScope(row.getString("prompt"), row.getLong("max_documents"));
    }

    @Override
    protected GenerationScope settled(GenerationScope asked) {
        return asked.prompt().isEmpty() ? new GenerationScope(prompt.name(), asked.maxDocuments()) : asked;
    }

    @Override
    protected Optional<String> refusal(GenerationScope scope) {
        return scope.prompt().equals(prompt.name())
                ? Optional.empty()
                : Optional.of("no prompt '" + scope.prompt() + "'; there is " + prompt.name());
    }

    /** The active documents, in the order of the corpus. */
    @Override
    protected void fix(Handle transaction, Run<GenerationScope> run) {
        transaction
                .createUpdate("""
                        insert into run_subject (run_id, subject_id, subject_version, sequence, job_id, state, results)
                        select :run, d.id, d.version, d.sequence, :run || '/' || d.id,
                               case when s.document_id is null then 'pending' else 'reused' end, coalesce(s.pairs, 0)
                        from document d
                        left join pair_set s on s.document_id = d.id and s.document_version = d.version
                                            and s.prompt_version = :prompt and s.teacher = :teacher
                        where d.corpus = :corpus and d.state = 'active'
                        order by d.sequence
                        limit nullif(:limit, 0)
                        """)
                .bind("run", run.id())
                .bind("corpus", run.corpus())
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .bind("limit", run.scope().maxDocuments())
                .execute();
    }

    @Override
    protected Message started(Run<GenerationScope> run, Counts counts) {
        return GenerationStarted.newBuilder()
                .setRunId(run.id())
                .setCorpus(run.corpus())
                .setTeacher(run.teacherLabel())
                .setPromptVersion(run.promptVersion())
                .setCounts(message(counts))
                .build();
    }

    @Override
    protected Message progressed(Run<GenerationScope> run, Counts counts) {
        return GenerationProgressed.newBuilder()
                .setRunId(run.id())
                .setCounts(message(counts))
                .build();
    }

    @Override
    protected Message finished(Run<GenerationScope> run, Counts counts, Outcome outcome, StreamRevision output) {
        return GenerationFinished.newBuilder()
                .setRunId(run.id())
                .setCorpus(run.corpus())
                .setOutcome(outcome)
                .setReason(Objects.requireNonNullElse(run.state().reason(), ""))
                .setCounts(message(counts))
                .setOutput(output)
                .putAllPublished(published(
                        PairGenerated.getDefaultInstance(),
                        counts.generated(),
                        PairRetracted.getDefaultInstance(),
                        counts.retracted()))
                .build();
    }

    private static GenerationCounts message(Counts counts) {
        return GenerationCounts.newBuilder()
                .setDocumentsTotal(counts.total())
                .setDocumentsDone(counts.ended() - counts.failed())
                .setDocumentsReused(counts.reused())
                .setDocumentsFailed(counts.failed())
                .setPairsAccepted(counts.results())
                .putAllPairsRejected(counts.rejected())
                .setTeacherCalls(counts.calls())
                .setTokensIn(counts.tokensIn())
                .setTokensOut(counts.tokensOut())
                .build();
    }
}
