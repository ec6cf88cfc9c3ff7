package io.minigpt.augmentation.jobs;

import io.minigpt.augmentation.AugmentationConfig;
import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.Findings;
import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.Recipe;
import io.minigpt.augmentation.Rewording;
import io.minigpt.augmentation.VariantsCall;
import io.minigpt.augmentation.store.AugmentationRuns;
import io.minigpt.augmentation.store.ParentStore;
import io.minigpt.augmentation.store.VariantSetStore;
import io.minigpt.augmentation.store.VariantStore;
import io.minigpt.augmentation.store.VariantsCalls;
import io.minigpt.teacher.Prompts;
import io.minigpt.teacher.RewriteCheck;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.VariantCheck;
import io.minigpt.teacher.calls.CallLedger;
import io.minigpt.teacher.run.Answered;
import io.minigpt.teacher.run.Ending;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import io.minigpt.teacher.run.SubjectJob;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Asks a teacher about one question of a run, and publishes the variants that its replies hold. */
@Singleton
class QuestionJob extends SubjectJob<AugmentationScope, Parent, VariantsCall, Findings> {

    private final ParentStore parents;
    private final VariantStore variants;
    private final VariantSetStore sets;
    private final Prompts prompts;
    private final int maxAttempts;
    private final RewriteCheck check;

    QuestionJob(
            AugmentationRuns runs,
            VariantsCalls calls,
            ParentStore parents,
            VariantStore variants,
            VariantSetStore sets,
            Prompts prompts,
            AugmentationConfig config) {
        super(runs, calls);
        this.parents = parents;
        this.variants = variants;
        this.sets = sets;
        this.prompts = prompts;
        this.maxAttempts = config.maxAttempts();
        this.check = new RewriteCheck(
                new VariantCheck(config.minDistance(), config.maxDistance()), config.maxAnswerDistance());
    }

    @Override
    public Map<String, Integer> complete(Handle transaction, Run<AugmentationScope> run, List<RunSubject> asked) {
        return sets.complete(transaction, run, asked);
    }

    @Override
    public Set<String> active(Handle transaction, List<RunSubject> asked) {
        return parents.active(transaction, asked).keySet();
    }

    @Override
    protected Map<String, Supplier<Parent>> contents(Handle handle, List<RunSubject> asked) {
        Map<String, Supplier<Parent>> contents = new HashMap<>();
        parents.active(handle, asked).forEach((id, parent) -> contents.put(id, () -> parent));
        return contents;
    }

    @Override
    protected Findings ask(Run<AugmentationScope> run, Parent parent, Teacher teacher, CallLedger<VariantsCall> ledger)
            throws InterruptedException {
        Findings findings = new Findings(List.of(), List.of());
        for (Recipe recipe : run.scope().recipes()) {
            String prompt = recipe.prompt(prompts).version();
            findings = findings.and(
                    new Rewording(recipe, teacher, prompt, run.scope().variants(), maxAttempts, check)
                            .of(parent, ledger));
        }
        return findings;
    }

    @Override
    public List<Ending> publish(
            Handle transaction, Run<AugmentationScope> run, List<Answered<Parent, Findings>> answered) {
        sets.replace(transaction, run, answered);
        sets.refuse(transaction, answered);
        return variants.publish(transaction, run, answered);
    }
}
