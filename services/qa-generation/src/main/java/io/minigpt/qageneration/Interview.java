package io.minigpt.qageneration;

import io.minigpt.teacher.FatalTeacherException;
import io.minigpt.teacher.Grounds;
import io.minigpt.teacher.Pair;
import io.minigpt.teacher.PairCheck;
import io.minigpt.teacher.PairParser;
import io.minigpt.teacher.PairSelection;
import io.minigpt.teacher.Passage;
import io.minigpt.teacher.QuestionsRequest;
import io.minigpt.teacher.RejectedPair;
import io.minigpt.teacher.RetryHint;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.calls.CallLedger;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a teacher about every passage of a document, or every sentence. Good pairs of a reply are kept and only what is
 * missing is asked for again, a bounded number of times. The same replies give the same findings.
 */
public final class Interview {

    private final Teacher teacher;
    private final String promptVersion;
    private final int maxAttempts;
    private final CallLedger<PassageCall> ledger;
    private final PairCheck check;
    private final List<FoundPair> pairs = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<Shortfall> shortfalls = new ArrayList<>();

    private Interview(
            Teacher teacher, String promptVersion, int maxAttempts, PairCheck check, CallLedger<PassageCall> ledger) {
        this.teacher = teacher;
        this.promptVersion = promptVersion;
        this.maxAttempts = maxAttempts;
        this.check = check;
        this.ledger = ledger;
    }

    /**
     * Asks about a document; what the ledger has is not asked again.
     *
     * @throws io.minigpt.teacher.TeacherException if a call brought no reply
     * @throws InterruptedException if the thread is interrupted during a call
     */
    public static Findings about(
            Subject document,
            Depth depth,
            Teacher teacher,
            String promptVersion,
            GenerationConfig config,
            CallLedger<PassageCall> ledger)
            throws InterruptedException {
        Interview interview = new Interview(
                teacher,
                promptVersion,
                depth.attempts() == 0 ? config.maxAttempts() : depth.attempts(),
                new PairCheck(config.checks().limits()),
                ledger);
        for (AskedText part : AskedText.of(document.text(), depth, config)) {
            interview.askOrGiveUp(document, part);
        }
        return new Findings(interview.pairs, interview.refusals, interview.shortfalls);
    }

    /** A request that the endpoint does not accept, for its length or its content, costs its passage only. */
    private void askOrGiveUp(Subject document, AskedText part) throws InterruptedException {
        List<String> calls = new ArrayList<>();
        try {
            ask(document, part, calls);
        } catch (FatalTeacherException e) {
            if (e.kind() != FatalTeacherException.Kind.BAD_REQUEST) {
                throw e;
            }
            Passage passage = part.passage();
            shortfalls.add(new Shortfall(passage.start(), passage.end(), e.getMessage(), calls));
        }
    }

    private void ask(Subject document, AskedText part, List<String> calls) throws InterruptedException {
        Passage passage = part.passage();
        QuestionsRequest request = QuestionsRequest.first(
                passage.text(), part.contextText(), document.title(), part.pairs(), promptVersion);
        Grounds grounds = Grounds.of(document.grounds(part.grounds()));
        List<String> accepted = new ArrayList<>();
        while (true) {
            PassageCall key = key(document, part, request.attempt());
            String reply = ledger.reply(key, teacher, request);
            calls.add(key.id());
            PairSelection selection = check.select(
                    PairParser.parse(reply),
                    grounds,
                    pairs.stream().map(FoundPair::question).toList(),
                    request.wanted());
            take(selection, passage, grounds, key.id(), accepted);
            int missing = request.wanted() - selection.accepted().size();
            if (teacher.promise(request).keptBy(selection.accepted().size())) {
                return;
            }
            if (request.attempt() >= maxAttempts) {
                shortfalls.add(new Shortfall(
                        passage.start(),
                        passage.end(),
                        accepted.size() + " of " + part.pairs() + " pairs after " + calls.size() + " replies",
                        calls));
                return;
            }
            request = request.again(missing, accepted, RetryHint.forPairs(selection.rejected(), missing));
        }
    }

    private void take(PairSelection selection, Passage passage, Grounds grounds, String callId, List<String> accepted) {
        for (Pair pair : selection.accepted()) {
            accepted.add(pair.question());
            pairs.add(new FoundPair(
                    pairs.size(),
                    passage.start(),
                    passage.end(),
                    pair.question(),
                    pair.answer(),
                    grounds.share(pair.answer()),
                    callId));
        }
        for (RejectedPair rejected : selection.rejected()) {
            refusals.add(new Refusal(callId, rejected));
        }
    }

    private PassageCall key(Subject document, AskedText part, int attempt) {
        return new PassageCall(
                document.version(),
                document.title(),
                part.contextBounds(),
                part.passage().start(),
                part.passage().end(),
                promptVersion,
                teacher.version(),
                part.pairs(),
                attempt);
    }
}
