package io.minigpt.tokenization.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.platform.http.PageRequest;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.tokenization.NearRecord;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.RecordChange;
import io.minigpt.tokenization.VersionDiff;
import io.minigpt.tokenization.store.DiffStore;
import io.minigpt.tokenization.store.NearestStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Versions compared with each other and with a text. */
@Path("/api/datasets")
@Tag(name = "Datasets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ComparisonResource {

    private static final int LONGEST_TEXT = 2_000;
    private static final int MOST_NEAREST = 50;

    private final Database database;
    private final Versions versions;
    private final DiffStore differences;
    private final NearestStore nearest;

    ComparisonResource(Database database, Versions versions, DiffStore differences, NearestStore nearest) {
        this.database = database;
        this.versions = versions;
        this.differences = differences;
        this.nearest = nearest;
    }

    @GET
    @Path("/{name}/versions/{version}/diff")
    @Operation(summary = "Records added, removed and changed since another version, by default its parent")
    public VersionDiff diff(
            @PathParam("name") String name,
            @PathParam("version") int version,
            @QueryParam("from") Integer from,
            @BeanParam PageRequest request) {
        return database.read(transaction -> {
            DatasetVersion to = versions.get(transaction, name, version);
            int parent = from == null ? to.getParentVersion() : from;
            if (parent == 0) {
                throw new InvalidRequestException(
                        "version " + name + ":" + version + " is the first; say what to compare it with as ?from=");
            }
            DatasetVersion since = versions.get(transaction, name, parent);
            VersionDiff.Counts counts = differences.counts(transaction, name, parent, version);
            Page<RecordChange> page = Page.of(
                    differences.changes(transaction, name, parent, version, request.cursor(), request.limit() + 1),
                    request.limit(),
                    RecordChange::id);
            return new VersionDiff(name, side(since), side(to), counts, page.items(), page.next());
        });
    }

    @GET
    @Path("/{name}/versions/{version}/nearest")
    @Operation(
            summary = "The pairs of a version that resemble a question, an answer or both",
            description = "By trigrams: what shares at least 0.4 of the text's. With parents, passages and documents.")
    public Page<NearRecord> nearest(
            @PathParam("name") String name,
            @PathParam("version") int version,
            @QueryParam("question") @DefaultValue("") String question,
            @QueryParam("answer") @DefaultValue("") String answer,
            @QueryParam("limit") @DefaultValue("5") int limit) {
        String text = (question + " " + answer).strip();
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            throw new InvalidRequestException("question and answer must have 1 to " + LONGEST_TEXT
                    + " characters together, but have " + text.length());
        }
        if (limit < 1 || limit > MOST_NEAREST) {
            throw new InvalidRequestException("limit must be 1 to " + MOST_NEAREST + ", not " + limit);
        }
        return database.read(transaction -> {
            if (versions.get(transaction, name, version).getKind() != Purpose.SFT.proto()) {
                throw new InvalidRequestException("version " + name + ":" + version + " has documents, no pairs");
            }
            return Page.all(nearest.find(transaction, name, version, text, limit));
        });
    }

    private static VersionDiff.Side side(DatasetVersion version) {
        return new VersionDiff.Side(
                version.getVersion(), version.getIdentity(), version.getTrainTokens(), version.getValidationTokens());
    }
}
