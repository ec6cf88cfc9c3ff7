package io.minigpt.augmentation.store;

import com.google.protobuf.Message;
import io.minigpt.augmentation.AugmentationConfig;
import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.ParentSource;
import io.minigpt.augmentation.Rewording;
import io.minigpt.proto.augmentation.v1.AugmentationCounts;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.AugmentationProgressed;
import io.minigpt.proto.augmentation.v1.AugmentationStarted;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.augmentation.v1.VariantRetracted;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.teacher.PromptTemplate;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.run.Counts;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunState;
import io.minigpt.teacher.run.Runs;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Runs that make variants of questions. */
@Singleton
public class AugmentationRuns extends Runs<AugmentationScope> {

    private static final String NAME = "augmentation";

    private final PromptTemplate prompt;
    private final int variants;

    AugmentationRuns(AugmentationConfig config, Prompts prompts) {
        super(NAME, "question", config.progressEvery());
        this.prompt = prompts.variants();
        this.variants = config.variants();
    }

    /** Stream that numbers the variants of a corpus. */
    static String stream(String corpus) {
        return NAME + "/" + corpus;
    }

    @Override
    protected Map<String, ?> columns(AugmentationScope scope) {
        return Map.of("sources", sources(scope), "variants", scope.variants());
    }

    @Override
    protected AugmentationScope scope(ResultSet row) throws SQLException {
        return new AugmentationScope(
                Arrays.stream((String[]) row.getArray("sources").getArray())
                        .map(ParentSource::of)
                        .toList(),
                row.getInt("variants"));
    }

    @Override
    protected AugmentationScope noScope() {
        return new AugmentationScope(List.of(), 0);
    }

    @Override
    protected PromptTemplate prompt(AugmentationScope scope) {
        return prompt;
    }

    @Override
    protected AugmentationScope settled(AugmentationScope asked) {
        return asked.variants() == 0 ? new AugmentationScope(asked.sources(), variants) : asked;
    }

    @Override
    protected int wanted(AugmentationScope scope) {
        return scope.variants();
    }

    /** The active questions of the run's sources, in the order of the corpus. */
    @Override
    protected void fix(Handle transaction, Run<AugmentationScope> run) {
        transaction
                .createUpdate("""
                        insert into run_subject (run_id, subject_id, subject_version, sequence, job_id, state, results)
                        select :run, p.id, p.content,
                               row_number() over (order by p.source, p.sequence, p.ordinal, p.id), :run || '/' || p.id,
                               case when s.parent_id is null then 'pending' else 'reused' end, coalesce(s.variants, 0)
                        from parent p
                        left join variant_set s on s.parent_id = p.id and s.content = p.content
                                               and s.recipe = :recipe and s.prompt_version = :prompt
                                               and s.teacher = :teacher and s.wanted = :wanted
                        where p.corpus = :corpus and p.state = 'active' and p.source = any(:sources)
                        """)
                .bind("run", run.id())
                .bind("corpus", run.corpus())
                .bind("recipe", Rewording.RECIPE)
                .bind("prompt", run.promptVersion())
                .bind("teacher", run.teacherVersion())
                .bind("wanted", run.scope().variants())
                .bind("sources", sources(run.scope()))
                .execute();
    }

    @Override
    protected Message started(Run<AugmentationScope> run, Counts counts) {
        return AugmentationStarted.newBuilder()
                .setRunId(run.id())
                .setCorpus(run.corpus())
                .setTeacher(run.teacherLabel())
                .setCounts(message(counts))
                .build();
    }

    @Override
    protected Message progressed(Run<AugmentationScope> run, Counts counts) {
        return AugmentationProgressed.newBuilder()
                .setRunId(run.id())
                .setCounts(message(counts))
                .setPaused(run.state() instanceof RunState.Paused(String reason) ? reason : "")
                .build();
    }

    @Override
    protected Message finished(Run<AugmentationScope> run, Counts counts, Outcome outcome, StreamRevision output) {
        return AugmentationFinished.newBuilder()
                .setRunId(run.id())
                .setCorpus(run.corpus())
                .setOutcome(outcome)
                .setReason(Objects.requireNonNullElse(run.state().reason(), ""))
                .setCounts(message(counts))
                .setOutput(output)
                .putAllPublished(published(
                        VariantGenerated.getDefaultInstance(),
                        counts.generated(),
                        VariantRetracted.getDefaultInstance(),
                        counts.retracted()))
                .build();
    }

    private static String[] sources(AugmentationScope scope) {
        return scope.sources().stream().map(ParentSource::text).toArray(String[]::new);
    }

    private static AugmentationCounts message(Counts counts) {
        return AugmentationCounts.newBuilder()
                .setPairsTotal(counts.total())
                .setPairsDone(counts.ended())
                .setPairsReused(counts.reused())
                .setPairsShort(counts.missing())
                .setVariantsAccepted(counts.results())
                .putAllVariantsRejected(counts.rejected())
                .setTeacherCalls(counts.teaching().calls())
                .setTokensIn(counts.teaching().tokensIn())
                .setTokensOut(counts.teaching().tokensOut())
                .setCost(counts.teaching().cost().toPlainString())
                .build();
    }
}
