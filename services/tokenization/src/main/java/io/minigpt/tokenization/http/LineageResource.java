package io.minigpt.tokenization.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.tokenization.LearnedModel;
import io.minigpt.tokenization.RecordPlace;
import io.minigpt.tokenization.RecordSummary;
import io.minigpt.tokenization.TracedRecord;
import io.minigpt.tokenization.VersionShare;
import io.minigpt.tokenization.store.LineageStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Records, what they came from, what was made from them, and the versions that contain them. */
@Path("/api/datasets")
@Tag(name = "Datasets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LineageResource {

    private static final Set<String> TOKENIZED = Set.of("train", "validation");

    private final Database database;
    private final LineageStore lineage;

    LineageResource(Database database, LineageStore lineage) {
        this.database = database;
        this.lineage = lineage;
    }

    @GET
    @Path("/records/{id}")
    @Operation(summary = "A record with its document, its passage and its places in dataset versions")
    public TracedRecord record(@PathParam("id") String id) {
        return database.read(transaction -> lineage.find(transaction, id))
                .orElseThrow(() -> new NotFoundException("record", id));
    }

    @GET
    @Path("/records/{id}/descendants")
    @Operation(summary = "What was made from a record: pairs of a document, variants of a pair")
    public Page<RecordSummary> descendants(@PathParam("id") String id, @BeanParam PageRequest page) {
        List<RecordSummary> rows =
                database.read(transaction -> lineage.descendants(transaction, id, page.cursor(), page.limit() + 1));
        return Page.of(rows, page.limit(), RecordSummary::id);
    }

    @GET
    @Path("/records/{id}/versions")
    @Operation(summary = "Dataset versions that contain a record or something made from it")
    public Page<VersionShare> versions(@PathParam("id") String id) {
        return Page.all(database.read(transaction -> lineage.versions(transaction, id)));
    }

    @GET
    @Path("/records/{id}/models")
    @Operation(
            summary = "Registered models that learned a record or something made from it",
            description = "Those that were trained on a version with it in the training split, and those that were"
                    + " trained from one of these.")
    public Page<LearnedModel> models(@PathParam("id") String id) {
        return Page.all(database.read(transaction -> lineage.models(transaction, id)));
    }

    @GET
    @Path("/{name}/versions/{version}/tokens/{split}/{position}")
    @Operation(summary = "The record that a token of train.bin or val.bin belongs to")
    public RecordPlace token(
            @PathParam("name") String name,
            @PathParam("version") int version,
            @PathParam("split") String split,
            @PathParam("position") long position) {
        if (!TOKENIZED.contains(split)) {
            throw new InvalidRequestException("split '" + split + "' is not train or validation");
        }
        return database.read(transaction -> lineage.at(transaction, name, version, split, position))
                .orElseThrow(
                        () -> new NotFoundException("token", split + " " + position + " of " + name + ":" + version));
    }
}
