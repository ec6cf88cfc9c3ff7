package io.minigpt.registry.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.database.Database;
import io.minigpt.registry.References;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Versions side by side. */
@Path("/api/models/{model}/comparison")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Versions")
@RunOnVirtualThread
public class ComparisonResource {

    private static final int MOST = 50;

    private final Database database;
    private final VersionViews views;

    ComparisonResource(Database database, VersionViews views) {
        this.database = database;
        this.views = views;
    }

    @GET
    @Operation(summary = "Versions side by side: their figures, and where their configurations differ")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "Fewer than 2 versions, more than 50, or one that is no version")
    @APIResponse(responseCode = "404", description = "There is no such version; detail names it")
    public ComparisonView compare(
            @PathParam("model") String model,
            @Parameter(
                            description =
                                    "Number of a version of the model, or name:version of another; given for each",
                            required = true)
                    @QueryParam("version")
                    List<String> version) {
        if (version == null || version.size() < 2 || version.size() > MOST) {
            throw new InvalidRequestException("version must be given 2 to " + MOST + " times");
        }
        List<VersionReference> references = version.stream()
                .map(text -> text.contains(":")
                        ? References.version("version", text)
                        : new VersionReference(model, References.number("version", text)))
                .distinct()
                .toList();
        return database.read(transaction -> {
            List<RegisteredVersion> found = references.stream()
                    .map(reference -> views.find(transaction, reference))
                    .toList();
            return ComparisonView.of(views.of(transaction, found));
        });
    }
}
