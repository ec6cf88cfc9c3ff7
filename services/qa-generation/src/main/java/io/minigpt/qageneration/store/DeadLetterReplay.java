package io.minigpt.qageneration.store;

import io.minigpt.platform.ConflictException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.qageneration.Depth;
import io.minigpt.qageneration.DocumentChoice;
import io.minigpt.qageneration.GenerationConfig;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.run.Budget;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Asks again about what was given up: the replies that there are count, and further attempts are made. */
@ApplicationScoped
public class DeadLetterReplay {

    private final Database database;
    private final DeadLetterQueries deadLetters;
    private final DocumentStore documents;
    private final GenerationRuns runs;
    private final int attempts;

    DeadLetterReplay(
            Database database,
            DeadLetterQueries deadLetters,
            DocumentStore documents,
            GenerationRuns runs,
            GenerationConfig config) {
        this.database = database;
        this.deadLetters = deadLetters;
        this.documents = documents;
        this.runs = runs;
        this.attempts = config.maxAttempts();
    }

    /**
     * Starts a run over the document of a dead letter, with as many further attempts as are configured.
     *
     * @param teacher who is asked; empty for the one that was
     * @return id of the run
     */
    public String replay(String id, String teacher) {
        return database.transact(transaction -> {
            DeadLetterQueries.Row letter =
                    deadLetters.find(transaction, id).orElseThrow(() -> new NotFoundException("dead letter", id));
            if (!documents.isActive(transaction, letter.documentId(), letter.documentVersion())) {
                throw new ConflictException("document " + letter.documentId() + " was retracted or has another text"
                        + " now; there is nothing to ask again");
            }
            String runId = UUID.randomUUID().toString();
            runs.request(transaction, request(transaction, letter, runId, teacher), Cause.BY_HAND);
            transaction
                    .createUpdate("update dead_letter set replay_run_id = :run where id = :id")
                    .bind("run", runId)
                    .bind("id", id)
                    .execute();
            return runId;
        });
    }

    private RunRequest<GenerationScope> request(
            Handle transaction, DeadLetterQueries.Row letter, String runId, String teacher) {
        Run<GenerationScope> failed = runs.find(transaction, letter.runId())
                .orElseThrow(() -> new NotFoundException("generation run", letter.runId()))
                .run();
        int made = letter.replies().stream()
                .mapToInt(DeadLetterQueries.Reply::attempt)
                .max()
                .orElse(0);
        Depth depth = failed.scope().depth();
        return new RunRequest<>(
                runId,
                failed.corpus(),
                List.of(),
                new GenerationScope(
                        failed.scope().prompt(),
                        new DocumentChoice(0, DocumentChoice.only(letter.documentId()), ""),
                        new Depth(depth.perSentence(), depth.firstPassageOnly(), made + attempts)),
                teacher.isEmpty() ? failed.teacher() : teacher,
                Budget.NONE);
    }
}
