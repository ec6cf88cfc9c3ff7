package io.minigpt.registry.http;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.registry.References;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.DatasetReference;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.store.ModelStore;
import io.minigpt.registry.store.VersionSearch;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The models, and versions of any model. */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Models")
@RunOnVirtualThread
public class ModelResource {

    private static final VersionReference START = new VersionReference("", 0);

    private final Database database;
    private final ModelStore store;
    private final VersionSearch search;
    private final VersionViews views;

    ModelResource(Database database, ModelStore store, VersionSearch search, VersionViews views) {
        this.database = database;
        this.store = store;
        this.search = search;
        this.views = views;
    }

    /** A model as the interface shows it. */
    @Schema(name = "Model")
    record ModelView(
            @Schema(description = "Its name") String name,

            @Schema(description = "How many versions it has")
            int versions,

            @Schema(description = "Number of the newest version")
            int latest,

            @Schema(description = "Versions by alias") Map<String, Integer> aliases) {

        static ModelView of(ModelStore.Model model) {
            return new ModelView(model.name(), model.versions(), model.latest(), model.aliases());
        }
    }

    @GET
    @Operation(summary = "Models by name, with the number of versions, the newest and what the aliases name")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "limit is out of bounds")
    public Page<ModelView> list(@BeanParam PageRequest page) {
        int rows = page.limit();
        return Page.of(
                database.read(transaction -> store.list(transaction, page.cursor(), rows + 1)).stream()
                        .map(ModelView::of)
                        .toList(),
                rows,
                ModelView::name);
    }

    @GET
    @Path("/versions")
    @Operation(
            summary = "Versions of all models that contain a dataset version",
            description = "Those trained on it, and those that started from one that was, however far back.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "dataset is missing or a parameter is wrong; detail names it")
    public Page<VersionView> holding(
            @Parameter(description = "name:version", required = true) @QueryParam("dataset") String dataset,
            @BeanParam PageRequest page) {
        VersionReference wanted =
                References.version("dataset", Optional.ofNullable(dataset).orElse(""));
        VersionReference after = page.cursor().isEmpty() ? START : References.version("cursor", page.cursor());
        int rows = page.limit();
        return database.read(transaction -> {
            Page<RegisteredVersion> found = Page.of(
                    search.holding(
                            transaction, new DatasetReference(wanted.model(), wanted.version(), ""), after, rows + 1),
                    rows,
                    version -> version.reference().toString());
            return new Page<>(views.of(transaction, found.items()), found.next());
        });
    }
}
