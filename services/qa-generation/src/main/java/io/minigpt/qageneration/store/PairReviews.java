package io.minigpt.qageneration.store;

import io.minigpt.platform.ConflictException;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.qageneration.GenerationConfig;
import io.minigpt.teacher.CleanUp;
import io.minigpt.teacher.Pair;
import io.minigpt.teacher.PairCheck;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.CorpusLock;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What people decide about pairs. It is published at once, and holds for the same question of the same document whichever
 * run, prompt or teacher asks it again.
 */
@ApplicationScoped
public class PairReviews {

    private final Database database;
    private final DocumentStore documents;
    private final PairStore pairs;
    private final ReviewStore reviews;
    private final PairFacts facts;
    private final PairCheck check;

    PairReviews(
            Database database,
            DocumentStore documents,
            PairStore pairs,
            ReviewStore reviews,
            PairFacts facts,
            GenerationConfig config) {
        this.database = database;
        this.documents = documents;
        this.pairs = pairs;
        this.reviews = reviews;
        this.facts = facts;
        this.check = new PairCheck(config.checks().limits());
    }

    /** Keeps a pair, in place of whatever is asked later; one that was refused counts again. */
    public void accept(String id) {
        decide(id, Review.accepted());
    }

    /** Takes a pair back for good. @param note why, for people */
    public void refuse(String id, String note) {
        decide(id, Review.refused(note));
    }

    /** Gives a pair other words. @throws InvalidRequestException if their form is not that of a pair */
    public void edit(String id, String question, String answer) {
        Pair clean = new Pair(CleanUp.question(question), CleanUp.answer(answer));
        check.checkForm(clean).ifPresent(refused -> {
            throw new InvalidRequestException("the pair is refused (" + refused.reason() + "): " + refused.detail());
        });
        decide(id, Review.edited(clean.question(), clean.answer()));
    }

    private void decide(String id, Review review) {
        database.run(transaction -> {
            CorpusLock.take(transaction, find(transaction, id).row().corpus());
            // what it is now that nobody else changes it
            PairStore.Stored stored = find(transaction, id);
            PairRow pair = stored.row();
            // who accepts an edited pair accepts these words
            boolean words =
                    review.verdict() == Review.Verdict.ACCEPTED && pair.asked().isPresent();
            Review said = words ? Review.edited(pair.question(), pair.answer()) : review;
            reviews.put(transaction, pair, said);
            if (said.refuses()) {
                refuse(transaction, stored, said);
            } else {
                requireActiveDocument(transaction, pair);
                facts.put(
                        transaction,
                        pair.corpus(),
                        Cause.BY_HAND,
                        List.of(PairFacts.put(
                                pair.reviewed(said), stored.result().published())));
            }
        });
    }

    private void refuse(Handle transaction, PairStore.Stored stored, Review review) {
        if (stored.result().active()) {
            String note = review.note().isBlank() ? "" : ": " + review.note();
            facts.retract(
                    transaction,
                    stored.row().corpus(),
                    Cause.BY_HAND,
                    List.of(stored.result()),
                    "refused by a person" + note);
        }
    }

    private void requireActiveDocument(Handle transaction, PairRow pair) {
        if (!documents.isActive(transaction, pair.documentId(), pair.documentVersion())) {
            throw new ConflictException(
                    "pair " + pair.id() + " was made from a text that its document no longer has; it stays retracted");
        }
    }

    private PairStore.Stored find(Handle transaction, String id) {
        return pairs.find(transaction, id).orElseThrow(() -> new NotFoundException("pair", id));
    }
}
