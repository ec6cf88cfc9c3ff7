package io.minigpt.augmentation;

import io.minigpt.teacher.Pair;
import io.minigpt.teacher.PairParser;
import io.minigpt.teacher.RejectedVariant;
import io.minigpt.teacher.RetryHint;
import io.minigpt.teacher.RewriteCheck;
import io.minigpt.teacher.RewriteSelection;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.VariantParser;
import io.minigpt.teacher.VariantSelection;
import io.minigpt.teacher.VariantsRequest;
import io.minigpt.teacher.calls.CallLedger;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a teacher for other wordings of one question by one recipe. Good ones of a reply are kept and only what is missing
 * is asked for again, a bounded number of times. The same replies give the same findings.
 *
 * @param recipe what is varied
 * @param teacher who is asked
 * @param promptVersion version of the recipe's prompt
 * @param wanted variants to find
 * @param maxAttempts replies after which what is missing is given up
 * @param check what a variant must be like
 */
public record Rewording(
        Recipe recipe, Teacher teacher, String promptVersion, int wanted, int maxAttempts, RewriteCheck check) {

    /**
     * Asks; what the ledger has is not asked again.
     *
     * @throws io.minigpt.teacher.TeacherException if a call brought no reply
     * @throws InterruptedException if the thread is interrupted during a call
     */
    public Findings of(Parent parent, CallLedger<VariantsCall> ledger) throws InterruptedException {
        List<Pair> accepted = new ArrayList<>();
        List<Findings.Refusal> refusals = new ArrayList<>();
        VariantsRequest request =
                switch (recipe) {
                    case QUESTION -> VariantsRequest.first(parent.question(), parent.answer(), wanted, promptVersion);
                    case PAIR -> VariantsRequest.together(parent.question(), parent.answer(), wanted, promptVersion);
                };
        while (true) {
            VariantsCall key = new VariantsCall(
                    parent.id(),
                    parent.content(),
                    recipe.text(),
                    promptVersion,
                    teacher.version(),
                    wanted,
                    request.attempt());
            List<String> known = accepted.stream().map(Pair::question).toList();
            RewriteSelection selection = select(ledger.reply(key, teacher, request), parent, known, request.wanted());
            accepted.addAll(selection.accepted());
            for (RejectedVariant rejected : selection.rejected()) {
                refusals.add(new Findings.Refusal(key.id(), rejected));
            }
            int found = selection.accepted().size();
            if (teacher.promise(request).keptBy(found) || request.attempt() == maxAttempts) {
                return new Findings(variants(accepted), refusals);
            }
            int missing = request.wanted() - found;
            List<String> questions = accepted.stream().map(Pair::question).toList();
            request = request.again(missing, questions, RetryHint.forVariants(selection.rejected(), missing));
        }
    }

    private RewriteSelection select(String reply, Parent parent, List<String> known, int missing) {
        return switch (recipe) {
            case QUESTION -> {
                VariantSelection questions =
                        check.questions().select(VariantParser.parse(reply), parent.question(), known, missing);
                List<Pair> pairs = questions.accepted().stream()
                        .map(question -> new Pair(question, parent.answer()))
                        .toList();
                yield new RewriteSelection(pairs, questions.rejected());
            }
            case PAIR ->
                check.select(PairParser.parse(reply), new Pair(parent.question(), parent.answer()), known, missing);
        };
    }

    private List<Variant> variants(List<Pair> accepted) {
        List<Variant> variants = new ArrayList<>();
        for (Pair pair : accepted) {
            variants.add(new Variant(recipe, promptVersion, variants.size(), pair.question(), pair.answer()));
        }
        return variants;
    }
}
