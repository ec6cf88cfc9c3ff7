package io.minigpt.augmentation.jobs;

import io.minigpt.augmentation.AugmentationConfig;
import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.Findings;
import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.Rewording;
import io.minigpt.augmentation.VariantsCall;
import io.minigpt.augmentation.store.AugmentationRuns;
import io.minigpt.augmentation.store.ParentStore;
import io.minigpt.augmentation.store.VariantSetStore;
import io.minigpt.augmentation.store.VariantStore;
import io.minigpt.augmentation.store.VariantsCalls;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.VariantCheck;
import io.minigpt.teacher.calls.CallLedger;
import io.minigpt.teacher.run.Ending;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;
import io.minigpt.teacher.run.SubjectJob;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Asks a teacher about one question of a run, and publishes the variants that its replies hold. */
@Singleton
class QuestionJob extends SubjectJob<AugmentationScope, Parent, VariantsCall, Findings> {

    private final ParentStore parents;
    private final VariantStore variants;
    private final VariantSetStore sets;
    private final int maxAttempts;
    private final VariantCheck check;

    QuestionJob(
            AugmentationRuns runs,
            VariantsCalls calls,
            ParentStore parents,
            VariantStore variants,
            VariantSetStore sets,
            AugmentationConfig config) {
        super(runs, calls);
        this.parents = parents;
        this.variants = variants;
        this.sets = sets;
        this.maxAttempts = config.maxAttempts();
        this.check = new VariantCheck(config.minDistance(), config.maxDistance());
    }

    @Override
    protected Optional<Integer> complete(Handle transaction, Run<AugmentationScope> run, RunSubject question) {
        return sets.complete(transaction, run, question);
    }

    @Override
    protected Optional<Parent> content(Handle transaction, RunSubject question) {
        return parents.active(transaction, question.id(), question.version());
    }

    @Override
    protected Findings ask(Run<AugmentationScope> run, Parent parent, Teacher teacher, CallLedger<VariantsCall> ledger)
            throws InterruptedException {
        return new Rewording(teacher, run.promptVersion(), run.scope().variants(), maxAttempts, check)
                .of(parent, ledger);
    }

    @Override
    protected Ending publish(
            Handle transaction, Run<AugmentationScope> run, RunSubject question, Parent parent, Findings findings) {
        Ending ending = variants.publish(transaction, run, parent, findings);
        sets.replace(transaction, run, question, ending.results());
        sets.refuse(transaction, question, findings);
        return ending;
    }
}
