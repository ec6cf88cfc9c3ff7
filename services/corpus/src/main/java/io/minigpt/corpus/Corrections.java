package io.minigpt.corpus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minigpt.platform.ConflictException;
import io.minigpt.platform.InvalidRequestException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Decides about flagged answers: a corrected one becomes a curated question of a corpus, which the next regeneration takes
 * along. Its id there follows from the flag's, so that accepting again after a crash adds nothing.
 */
@ApplicationScoped
public class Corrections {

    private static final String ID = "correction-";

    private final FlaggedAnswers flags;
    private final Importer importer;
    private final Rejections imports;

    public Corrections(FlaggedAnswers flags, Importer importer, Rejections imports) {
        this.flags = flags;
        this.importer = importer;
        this.imports = imports;
    }

    /**
     * Adds a corrected pair to a corpus.
     *
     * @throws InvalidRequestException if no such pair can be added, with the reason
     * @throws ConflictException if the flag was decided otherwise before
     */
    public FlaggedAnswer accept(String flagId, CorpusName corpus, String question, String answer) {
        FlaggedAnswer.Decision decision =
                new FlaggedAnswer.Decision(CorrectionState.ACCEPTED, corpus.value(), question, answer);
        FlaggedAnswer flag = flags.get(flagId);
        if (flag.state() != CorrectionState.OPEN) {
            return decided(flag, decision);
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("id", ID + flagId).put("question", question).put("answer", answer);
        byte[] body = line.toString().getBytes(StandardCharsets.UTF_8);
        String imported = importer.stream(corpus, Kind.QUESTION, new ByteArrayInputStream(body));
        List<Rejection> rejections = imports.rejections(imported, 0, 1);
        if (!rejections.isEmpty()) {
            throw new InvalidRequestException(rejections.getFirst().reason());
        }
        flags.decide(flagId, decision);
        return decided(flags.get(flagId), decision);
    }

    /** Decides that nothing is to be learned from it. @throws ConflictException if it was accepted before */
    public FlaggedAnswer refuse(String flagId) {
        FlaggedAnswer.Decision decision = new FlaggedAnswer.Decision(CorrectionState.REFUSED, null, null, null);
        flags.decide(flagId, decision);
        return decided(flags.get(flagId), decision);
    }

    /** The flag if this was decided about it, now or before. */
    private static FlaggedAnswer decided(FlaggedAnswer flag, FlaggedAnswer.Decision decision) {
        if (!flag.decision().equals(decision)) {
            throw new ConflictException("the flag " + flag.flagId() + " is already "
                    + flag.state().name().toLowerCase(Locale.ROOT) + ", otherwise than this");
        }
        return flag;
    }
}
