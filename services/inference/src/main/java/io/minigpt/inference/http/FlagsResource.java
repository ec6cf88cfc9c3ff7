package io.minigpt.inference.http;

import io.minigpt.inference.Deployments;
import io.minigpt.inference.Flag;
import io.minigpt.inference.ModelReference;
import io.minigpt.inference.UnknownModelException;
import io.minigpt.inference.VersionId;
import io.minigpt.inference.store.FlagStore;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Answers that people found wrong. */
@Path("/api/flags")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Flags")
public class FlagsResource {

    private static final int CREATED = 201;

    private final Deployments deployments;
    private final FlagStore flags;

    FlagsResource(Deployments deployments, FlagStore flags) {
        this.deployments = deployments;
        this.flags = flags;
    }

    /** The new flag. */
    public record Flagged(String id) {}

    @POST
    @ResponseStatus(CREATED)
    @Operation(summary = "Keep an answer as one to be corrected")
    public Flagged flag(FlagBody body) {
        if (body == null) {
            throw new InvalidRequestException("a flag needs a body with model, prompt, answer and temperature");
        }
        String id = UUID.randomUUID().toString();
        flags.add(new Flag(id, version(body.model()), body.prompt(), body.answer(), body.temperature(), body.reason()));
        return new Flagged(id);
    }

    private VersionId version(String model) {
        try {
            return deployments.resolve(ModelReference.parse(model)).id();
        } catch (UnknownModelException e) {
            throw new NotFoundException("model", model);
        }
    }
}
