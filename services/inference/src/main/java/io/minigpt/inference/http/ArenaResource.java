package io.minigpt.inference.http;

import io.minigpt.inference.Account;
import io.minigpt.inference.Admission;
import io.minigpt.inference.Arena;
import io.minigpt.inference.Battle;
import io.minigpt.inference.BattleLog;
import io.minigpt.inference.BattleVote;
import io.minigpt.inference.LimitExceededException;
import io.minigpt.inference.ModelReference;
import io.minigpt.inference.ModelUnavailableException;
import io.minigpt.inference.PromptTooLongException;
import io.minigpt.inference.QueueFullException;
import io.minigpt.inference.UnknownModelException;
import io.minigpt.platform.ConflictException;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Two versions side by side, votes on them, and what the votes say. */
@Path("/api/arena")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Arena")
public class ArenaResource {

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final Arena arena;
    private final BattleLog battles;
    private final BattleStreams streams;
    private final Callers callers;

    ArenaResource(Arena arena, BattleLog battles, BattleStreams streams, Callers callers) {
        this.callers = callers;
        this.arena = arena;
        this.battles = battles;
        this.streams = streams;
    }

    /** A vote to cast. @param vote a, b, tie or both_bad */
    @Schema(name = "VoteRequest")
    public record VoteBody(@Schema(required = true) String vote) {}

    /** A battle that was voted on, with whose the sides were. */
    @Schema(name = "Voted")
    public record Voted(String battle, String a, String b, String vote) {}

    @POST
    @Path("/battles")
    @Operation(
            summary = "Let two versions answer the same prompt",
            description = "Server-sent events: first {\"battle\": id} with \"a\" and \"b\" unless it is blind, then"
                    + " {\"side\", \"text\"} as it comes, {\"side\", \"finish\"} at the end of each, and [DONE].")
    public Response begin(BattleBody body, @Context RoutingContext caller) throws InterruptedException {
        if (body == null) {
            throw new InvalidRequestException("a battle needs a body with 'prompt' and 'temperature'");
        }
        Account account = KeyCheck.account(caller);
        Admission admission = admit(body, account);
        Arena.Begun begun = admission.begin(() -> begin(body, account.name()));
        callers.cancelWithout(caller, List.of(begun.a(), begun.b()), admission);
        StreamingOutput stream = out -> streams.write(out, begun, admission);
        return Response.ok(stream, MediaType.SERVER_SENT_EVENTS)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    @POST
    @Path("/battles/{id}/vote")
    @Operation(summary = "Say which answer is better, once; the answer says whose they were")
    public Voted vote(String id, VoteBody body) {
        BattleVote vote = vote(body);
        Battle battle = (ID.matcher(id).matches() ? battles.find(id) : Optional.<Battle>empty())
                .orElseThrow(() -> new NotFoundException("battle", id));
        if (!battles.vote(battle, vote)) {
            throw new ConflictException("battle " + id + " has a vote already");
        }
        return new Voted(id, battle.a().toString(), battle.b().toString(), body.vote());
    }

    @GET
    @Path("/leaderboard")
    @Operation(
            summary = "Ratings with 95 % intervals, and the votes on every pair",
            description =
                    "Only versions that battles connect are compared, each group on its own; pairs in a group that"
                            + " never met are listed. With ?temperature= from battles at that temperature alone.")
    public LeaderboardView leaderboard(@QueryParam("temperature") Double temperature) {
        return LeaderboardView.of(
                battles.tallies(temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature)));
    }

    private Admission admit(BattleBody body, Account account) {
        try {
            return account.admit(2, arena.mostTokens(body.prompt()));
        } catch (LimitExceededException e) {
            throw e.retryAfter().isPresent()
                    ? new WebApplicationException(e.getMessage(), Response.Status.TOO_MANY_REQUESTS)
                    : new InvalidRequestException(e.getMessage());
        }
    }

    private Arena.Begun begin(BattleBody body, String caller) throws InterruptedException {
        try {
            return arena.begin(
                    body.prompt(),
                    body.temperature(),
                    body.models().stream().map(ModelReference::parse).toList(),
                    body.blind(),
                    caller);
        } catch (UnknownModelException | PromptTooLongException e) {
            throw new InvalidRequestException(e.getMessage());
        } catch (QueueFullException e) {
            throw new WebApplicationException(e.getMessage(), Response.Status.TOO_MANY_REQUESTS);
        } catch (ModelUnavailableException e) {
            throw new WebApplicationException(e.getMessage(), Response.Status.SERVICE_UNAVAILABLE);
        }
    }

    private static BattleVote vote(VoteBody body) {
        return Arrays.stream(BattleVote.values())
                .filter(vote ->
                        body != null && vote.name().toLowerCase(Locale.ROOT).equals(body.vote()))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException("'vote' must be a, b, tie or both_bad"));
    }
}
