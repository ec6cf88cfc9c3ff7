package io.minigpt.augmentation;

import io.minigpt.teacher.RejectedVariant;
import io.minigpt.teacher.RetryHint;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.VariantCheck;
import io.minigpt.teacher.VariantParser;
import io.minigpt.teacher.VariantSelection;
import io.minigpt.teacher.VariantsRequest;
import io.minigpt.teacher.calls.CallLedger;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a teacher for other wordings of one question. Good ones of a reply are kept and only what is missing is asked
 * for again, a bounded number of times. The same replies give the same findings.
 *
 * @param teacher who is asked
 * @param promptVersion version of the prompt
 * @param wanted variants to find
 * @param maxAttempts replies after which what is missing is given up
 * @param check what a variant must be like
 */
public record Rewording(Teacher teacher, String promptVersion, int wanted, int maxAttempts, VariantCheck check) {

    /** The only recipe so far: other wordings of the question, the answer stays. */
    public static final String RECIPE = "question";

    /**
     * Asks; what the ledger has is not asked again.
     *
     * @throws io.minigpt.teacher.TeacherException if a call brought no reply
     * @throws InterruptedException if the thread is interrupted during a call
     */
    public Findings of(Parent parent, CallLedger<VariantsCall> ledger) throws InterruptedException {
        List<String> accepted = new ArrayList<>();
        List<Findings.Refusal> refusals = new ArrayList<>();
        VariantsRequest request = VariantsRequest.first(parent.question(), parent.answer(), wanted, promptVersion);
        while (true) {
            VariantsCall key = new VariantsCall(
                    parent.id(), parent.content(), RECIPE, promptVersion, teacher.version(), wanted, request.attempt());
            VariantSelection selection = check.select(
                    VariantParser.parse(ledger.reply(key, teacher, request)),
                    parent.question(),
                    accepted,
                    request.wanted());
            accepted.addAll(selection.accepted());
            for (RejectedVariant rejected : selection.rejected()) {
                refusals.add(new Findings.Refusal(key.id(), rejected));
            }
            int found = selection.accepted().size();
            if (teacher.promise(request).keptBy(found) || request.attempt() == maxAttempts) {
                return new Findings(accepted, refusals);
            }
            int missing = request.wanted() - found;
            request = request.again(missing, accepted, RetryHint.forVariants(selection.rejected(), missing));
        }
    }
}
