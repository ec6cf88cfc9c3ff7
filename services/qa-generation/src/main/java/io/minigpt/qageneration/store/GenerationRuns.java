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
import io.minigpt.qageneration.Depth;
import io.minigpt.qageneration.DocumentChoice;
import io.minigpt.qageneration.GenerationConfig;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.PromptTemplate;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.run.Counts;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunState;
import io.minigpt.teacher.run.Runs;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Runs that make pairs of documents. */
@Singleton
public class GenerationRuns extends Runs<GenerationScope> {

    private static final String NAME = "generation";

    private final Prompts prompts;

    GenerationRuns(GenerationConfig config, Prompts prompts) {
        super(NAME, "document", config.progressEvery());
        this.prompts = prompts;
    }

    /** Stream that numbers the pairs of a corpus. */
    static String stream(String corpus) {
        return NAME + "/" + corpus;
    }

    @Override
    protected Map<String, ?> columns(GenerationScope scope) {
        return Map.of(
                "prompt", scope.prompt(),
                "max_documents", scope.documents().first(),
                "named", scope.documents().named().isPresent(),
                "document_ids", documentIds(scope),
                "since_run", scope.documents().sinceRun(),
                "per_sentence", scope.depth().perSentence(),
                "first_passage", scope.depth().firstPassageOnly(),
                "attempts", scope.depth().attempts());
    }

    @Override
    protected GenerationScope scope(ResultSet row) throws SQLException {
        return new GenerationScope(
                row.getString("prompt"),
                new DocumentChoice(row.getLong("max_documents"), named(row), row.getString("since_run")),
                new Depth(row.getInt("per_sentence"), row.getBoolean("first_passage"), row.getInt("attempts")));
    }

    @Override
    protected GenerationScope noScope() {
        return new GenerationScope("", DocumentChoice.ALL, Depth.STANDARD);
    }

    @Override
    protected GenerationScope settled(GenerationScope asked) {
        return asked.prompt().isEmpty()
                ? new GenerationScope(prompt(asked).name(), asked.documents(), asked.depth())
                : asked;
    }

    @Override
    protected Optional<String> refusal(Handle transaction, GenerationScope scope) {
        String there = prompt(scope).name();
        if (!scope.prompt().equals(there)) {
            return Optional.of("no prompt '" + scope.prompt() + "'; there is " + there);
        }
        String since = scope.documents().sinceRun();
        return since.isEmpty() || find(transaction, since).isPresent()
                ? Optional.empty()
                : Optional.of("no run '" + since + "' whose documents could be left out");
    }

    @Override
    protected String promptVersion(GenerationScope scope) {
        return prompt(scope).version();
    }

    private PromptTemplate prompt(GenerationScope scope) {
        return scope.depth().perSentence() == 0 ? prompts.questions() : prompts.sentences();
    }

    /** The active documents that were chosen, in the order of the corpus. */
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
                                            and s.depth = :depth
                        where d.corpus = :corpus and d.state = 'active' and (not :named or d.id = any(:documents))
                          and not exists (select from run_subject before
                                          where before.run_id = :since and before.subject_id = d.id
                                            and before.subject_version = d.version)
                        order by d.sequence
                        limit nullif(:limit, 0)
                        """)
                .bind("run", run.id())
                .bind("corpus", run.corpus())
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .bind("depth", run.scope().depth().label())
                .bind("named", run.scope().documents().named().isPresent())
                .bind("documents", documentIds(run.scope()))
                .bind("since", run.scope().documents().sinceRun())
                .bind("limit", run.scope().documents().first())
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
                .setPaused(run.state() instanceof RunState.Paused(String reason) ? reason : "")
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

    private static String[] documentIds(GenerationScope scope) {
        return scope.documents().named().orElse(List.of()).toArray(String[]::new);
    }

    private static Optional<List<String>> named(ResultSet row) throws SQLException {
        return row.getBoolean("named")
                ? Optional.of(List.of((String[]) row.getArray("document_ids").getArray()))
                : Optional.empty();
    }

    private static GenerationCounts message(Counts counts) {
        return GenerationCounts.newBuilder()
                .setDocumentsTotal(counts.total())
                .setDocumentsDone(counts.ended() - counts.failed())
                .setDocumentsReused(counts.reused())
                .setDocumentsFailed(counts.failed())
                .setPairsAccepted(counts.results())
                .putAllPairsRejected(counts.rejected())
                .setTeacherCalls(counts.teaching().calls())
                .setTokensIn(counts.teaching().tokensIn())
                .setTokensOut(counts.teaching().tokensOut())
                .setCost(counts.teaching().cost().toPlainString())
                .build();
    }
}
