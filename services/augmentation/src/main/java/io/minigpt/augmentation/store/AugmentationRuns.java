package io.minigpt.augmentation.store;

import com.google.protobuf.Message;
import io.minigpt.augmentation.AugmentationConfig;
import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.ParentSource;
import io.minigpt.augmentation.Recipe;
import io.minigpt.proto.augmentation.v1.AugmentationCounts;
import io.minigpt.proto.augmentation.v1.AugmentationFinished;
import io.minigpt.proto.augmentation.v1.AugmentationProgressed;
import io.minigpt.proto.augmentation.v1.AugmentationStarted;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.augmentation.v1.VariantRetracted;
import io.minigpt.proto.event.v1.Outcome;
import io.minigpt.proto.event.v1.StreamRevision;
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

    private final Prompts prompts;
    private final int variants;
    private final List<Recipe> recipes;

    AugmentationRuns(AugmentationConfig config, Prompts prompts) {
        super(NAME, "question", config.progressEvery());
        this.prompts = prompts;
        this.variants = config.variants();
        this.recipes = config.recipes();
    }

    /** Stream that numbers the variants of a corpus. */
    static String stream(String corpus) {
        return NAME + "/" + corpus;
    }

    @Override
    protected Map<String, ?> columns(AugmentationScope scope) {
        return Map.of("sources", sources(scope), "variants", scope.variants(), "recipes", recipes(scope));
    }

    @Override
    protected AugmentationScope scope(ResultSet row) throws SQLException {
        return new AugmentationScope(
                Arrays.stream((String[]) row.getArray("sources").getArray())
                        .map(ParentSource::of)
                        .toList(),
                row.getInt("variants"),
                Arrays.stream((String[]) row.getArray("recipes").getArray())
                        .map(Recipe::of)
                        .toList());
    }

    @Override
    protected AugmentationScope noScope() {
        return new AugmentationScope(List.of(), 0, List.of());
    }

    @Override
    protected String promptVersion(AugmentationScope scope) {
        return String.join("+", promptVersions(scope));
    }

    @Override
    protected AugmentationScope settled(AugmentationScope asked) {
        return new AugmentationScope(
                asked.sources(),
                asked.variants() == 0 ? variants : asked.variants(),
                asked.recipes().isEmpty() ? recipes : asked.recipes());
    }

    @Override
    protected int wanted(AugmentationScope scope) {
        return scope.variants() * scope.recipes().size();
    }

    /** The active questions of the run's sources, in the order of the corpus. */
    @Override
    protected void fix(Handle transaction, Run<AugmentationScope> run) {
        transaction
                .createUpdate("""
                        insert into run_subject (run_id, subject_id, subject_version, sequence, job_id, state, results)
                        select :run, p.id, p.content,
                               row_number() over (order by p.source, p.sequence, p.ordinal, p.id), :run || '/' || p.id,
                               case when s.complete = cardinality(:recipes) then 'reused' else 'pending' end,
                               case when s.complete = cardinality(:recipes) then s.variants else 0 end
                        from parent p
                        cross join lateral (
                            select count(*) as complete, coalesce(sum(v.variants), 0) as variants
                            from unnest(:recipes, :prompts) as way (recipe, prompt)
                            join variant_set v on v.parent_id = p.id and v.content = p.content
                                              and v.recipe = way.recipe and v.prompt_version = way.prompt
                                              and v.teacher = :teacher and v.wanted = :wanted) s
                        where p.corpus = :corpus and p.state = 'active' and p.source = any(:sources)
                        """)
                .bind("run", run.id())
                .bind("corpus", run.corpus())
                .bind("recipes", recipes(run.scope()))
                .bind("prompts", promptVersions(run.scope()).toArray(String[]::new))
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

    private List<String> promptVersions(AugmentationScope scope) {
        return scope.recipes().stream()
                .map(recipe -> recipe.prompt(prompts).version())
                .toList();
    }

    private static String[] recipes(AugmentationScope scope) {
        return scope.recipes().stream().map(Recipe::text).toArray(String[]::new);
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
