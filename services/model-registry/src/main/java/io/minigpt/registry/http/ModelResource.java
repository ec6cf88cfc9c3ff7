package io.minigpt.registry.http;

import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.registry.store.ModelStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The models. */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Models")
@RunOnVirtualThread
public class ModelResource {

    private final Database database;
    private final ModelStore store;

    ModelResource(Database database, ModelStore store) {
        this.database = database;
        this.store = store;
    }

    @GET
    @Operation(summary = "Models by name, with the number of versions, the newest and what the aliases name")
    public Page<ModelStore.Model> list(@BeanParam PageRequest page) {
        int rows = page.limit();
        return Page.of(
                database.read(transaction -> store.list(transaction, page.cursor(), rows + 1)),
                rows,
                ModelStore.Model::name);
    }
}
