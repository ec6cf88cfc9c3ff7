package io.minigpt.inference.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minigpt.inference.Admission;
import io.minigpt.inference.Arena;
import io.minigpt.inference.CallerGoneException;
import io.minigpt.inference.Submission;
import io.minigpt.inference.Submission.Part;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/** Writes both answers of a battle as server-sent events, each piece as soon as it is there. */
@ApplicationScoped
class BattleStreams {

    /** What an event says; what is null is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Said(String battle, String a, String b, String side, String text, String finish, String error) {}

    private final Arena arena;
    private final EventStreams events;

    BattleStreams(Arena arena, EventStreams events) {
        this.arena = arena;
        this.events = events;
    }

    /** @param admission gets back what a side does not need */
    void write(OutputStream out, Arena.Begun begun, Admission admission) throws IOException {
        String a = begun.blind() ? null : begun.battle().a().toString();
        String b = begun.blind() ? null : begun.battle().b().toString();
        events.send(out, new Said(begun.battle().id(), a, b, null, null, null, null));
        ReentrantLock turn = new ReentrantLock();
        try (ExecutorService sides = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> both = List.of(
                    sides.submit(() -> side(out, turn, "a", begun.a(), admission)),
                    sides.submit(() -> side(out, turn, "b", begun.b(), admission)));
            for (Future<Void> each : both) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the models");
        } catch (ExecutionException e) {
            begun.a().cancel(new CallerGoneException());
            begun.b().cancel(new CallerGoneException());
            if (e.getCause() instanceof IOException || e.getCause() instanceof CallerGoneException) {
                // whoever asked has gone away
                return;
            }
            throw new IOException("a battle failed", e.getCause());
        }
        events.done(out);
    }

    private Void side(OutputStream out, ReentrantLock turn, String side, Submission submission, Admission admission)
            throws IOException, InterruptedException {
        boolean first = true;
        while (true) {
            switch (submission.next()) {
                case Part.Text(int index, String piece) -> {
                    // the template begins an answer with one space
                    send(out, turn, new Said(null, null, null, side, first ? piece.stripLeading() : piece, null, null));
                    first = false;
                }
                case Part.Token token -> {
                    // nobody asked for probabilities
                }
                case Part.End end -> {
                    admission.putBack(arena.unused(end.generation()));
                    String finish = FinishReasons.inDetail(end.generation().finishReason());
                    send(out, turn, new Said(null, null, null, side, null, finish, null));
                    return null;
                }
                case Part.Failure(CallerGoneException gone) -> throw gone;
                case Part.Failure(RuntimeException reason) -> {
                    String error = OpenAiErrors.of(reason).getMessage();
                    send(out, turn, new Said(null, null, null, side, null, null, error));
                    return null;
                }
            }
        }
    }

    private void send(OutputStream out, ReentrantLock turn, Said said) throws IOException {
        turn.lock();
        try {
            events.send(out, said);
        } finally {
            turn.unlock();
        }
    }
}
