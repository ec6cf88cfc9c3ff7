package io.minigpt.teacher.http;

import io.minigpt.platform.ConflictException;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.teacher.run.Budget;
import io.minigpt.teacher.run.Cause;
import io.minigpt.teacher.run.RunRequest;
import io.minigpt.teacher.run.RunState;
import io.minigpt.teacher.run.RunView;
import io.minigpt.teacher.run.Runs;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jdbi.v3.core.Handle;

/**
 * Shows and stops runs; a service extends it with its path, the start of a run and its answer.
 *
 * @param <S> scope of a run
 * @param <A> a run as the service shows it
 */
@RunOnVirtualThread
public abstract class RunResource<S, A> {

    @Inject
    Database database;

    private final Runs<S> runs;

    protected RunResource(Runs<S> runs) {
        this.runs = runs;
    }

    /** A run as it is shown. */
    protected abstract A answer(RunView<S> view);

    /** Whether anything was ever heard of the corpus. */
    protected abstract boolean knows(Handle transaction, String corpus);

    /** Starts a run. @return 202 with the run */
    protected Response accept(RunOrder<S> order) {
        if (order == null) {
            throw new InvalidRequestException("the body is empty; it must name a corpus");
        }
        RunRequest<S> request = order.request();
        database.run(transaction -> {
            if (request.inputs().isEmpty() && !knows(transaction, request.corpus())) {
                throw new NotFoundException("corpus", request.corpus());
            }
            runs.request(transaction, request, Cause.BY_HAND);
        });
        return Response.accepted(get(request.runId()))
                .location(URI.create("/api/" + runs.name() + "/runs/" + request.runId()))
                .build();
    }

    @GET
    @Operation(summary = "Runs, newest first")
    public Page<A> list(@BeanParam PageRequest page) {
        int limit = page.limit();
        List<RunView<S>> found = database.read(handle -> runs.newest(handle, page.before(), limit + 1));
        Page<RunView<S>> views =
                Page.of(found, limit, view -> view.run().times().createdAt().toString());
        return new Page<>(views.items().stream().map(this::answer).toList(), views.next());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A run with its counts")
    public A get(@PathParam("id") String id) {
        return database.read(handle -> runs.find(handle, id))
                .map(this::answer)
                .orElseThrow(() -> new NotFoundException(runs.name() + " run", id));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(
            summary = "Stop a run",
            description = "What is already published stays. A run that has ended stays as it is.")
    public A cancel(
            @PathParam("id") String id, @QueryParam("reason") @DefaultValue("cancelled by request") String reason) {
        database.run(transaction -> runs.cancel(transaction, id, reason));
        return get(id);
    }

    @POST
    @Path("/{id}/pause")
    @Operation(
            summary = "Make no more calls until the run is resumed",
            description = "Calls that are under way are finished and their replies kept.")
    public A pause(@PathParam("id") String id, @QueryParam("reason") @DefaultValue("paused by request") String reason) {
        database.run(transaction -> {
            requireState(transaction, id, RunState.Running.class, "paused");
            runs.pause(transaction, id, reason);
        });
        return get(id);
    }

    @POST
    @Path("/{id}/resume")
    @Operation(
            summary = "Let a paused run go on",
            description = "A run that was paused because it reached a limit needs a higher one.")
    public A resume(@PathParam("id") String id, Limits limits) {
        Budget raised = limits == null ? Budget.NONE : limits.budget();
        database.run(transaction -> {
            requireState(transaction, id, RunState.Paused.class, "resumed");
            runs.resume(transaction, id, raised).ifPresent(reason -> {
                throw new ConflictException(
                        "run " + id + " cannot be resumed: " + reason + "; give a higher maxTokens or maxCost");
            });
        });
        return get(id);
    }

    private void requireState(Handle transaction, String id, Class<? extends RunState> wanted, String what) {
        RunState state = runs.find(transaction, id)
                .orElseThrow(() -> new NotFoundException(runs.name() + " run", id))
                .run()
                .state();
        if (!wanted.isInstance(state)) {
            throw new ConflictException("run " + id + " is " + state.name() + " and cannot be " + what);
        }
    }
}
