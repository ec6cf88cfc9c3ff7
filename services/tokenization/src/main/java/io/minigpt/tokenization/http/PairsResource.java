package io.minigpt.tokenization.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.tokenization.Purpose;
import io.minigpt.tokenization.RecordContent;
import io.minigpt.tokenization.Split;
import io.minigpt.tokenization.TokenizationConfig;
import io.minigpt.tokenization.files.Entry;
import io.minigpt.tokenization.files.FrozenEntries;
import io.minigpt.tokenization.jobs.SelectedPairs;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The pairs of a version, or of a selection that is not frozen, for other tools. */
@Path("/api/datasets")
@Tag(name = "Datasets")
@RunOnVirtualThread
public class PairsResource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final Versions versions;
    private final SelectedPairs selections;
    private final ArtifactStore artifacts;
    private final TokenizationConfig config;

    PairsResource(
            Database database,
            Versions versions,
            SelectedPairs selections,
            ArtifactStore artifacts,
            TokenizationConfig config) {
        this.database = database;
        this.versions = versions;
        this.selections = selections;
        this.artifacts = artifacts;
        this.config = config;
    }

    @GET
    @Path("/{name}/versions/{version}/pairs")
    @Produces("application/x-ndjson")
    @Operation(
            summary = "The pairs of a split as JSON lines",
            description = "In the order of the version, each once; format plain, alpaca or sharegpt.")
    public Response pairs(
            @PathParam("name") String name,
            @PathParam("version") int version,
            @QueryParam("format") @DefaultValue("plain") String format,
            @QueryParam("split") @DefaultValue("train") String split) {
        PairFormat form = PairFormat.of(format);
        Split wanted = split(split);
        DatasetVersion found = database.read(transaction -> versions.withFiles(transaction, name, version));
        if (found.getKind() != Purpose.SFT.proto()) {
            throw new InvalidRequestException("version " + name + ":" + version + " has documents, no pairs");
        }
        Artifact records = found.getFilesList().stream()
                .filter(file -> file.getName().equals(FrozenEntries.FILE))
                .findFirst()
                .orElseThrow();
        StreamingOutput lines = out -> write(records, form, wanted, out);
        return Response.ok(lines)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + name + "-" + version + "-" + split + ".jsonl\"")
                .build();
    }

    @POST
    @Path("/pairs")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces("application/x-ndjson")
    @Operation(
            summary = "The pairs that a freeze would take now, as JSON lines",
            description =
                    "Takes the corpus and the selection of a freeze and leaves the rest of it alone. One at a time.")
    public Response selected(
            FreezeBody body,
            @QueryParam("format") @DefaultValue("plain") String format,
            @QueryParam("split") @DefaultValue("train") String split)
            throws IOException {
        if (body == null) {
            throw new InvalidRequestException("the request has no body; it needs at least corpus");
        }
        PairFormat form = PairFormat.of(format);
        InputStream lines = selections.read(body.selection(), split(split), (pair, out) -> write(form.line(pair), out));
        return Response.ok(lines)
                .header("Content-Disposition", "attachment; filename=\"pairs-" + split + ".jsonl\"")
                .build();
    }

    private static void write(Map<String, Object> line, OutputStream out) throws IOException {
        out.write(JSON.writeValueAsBytes(line));
        out.write('\n');
    }

    private void write(Artifact records, PairFormat format, Split split, OutputStream out) throws IOException {
        try (FrozenEntries entries = new FrozenEntries(artifacts.open(records), config.batch(), Set.of())) {
            for (List<Entry> piece; !(piece = entries.next()).isEmpty(); ) {
                for (Entry entry : piece) {
                    if (entry.record().split() == split
                            && entry.record().repetition() == 0
                            && entry.content() instanceof RecordContent.Pair pair) {
                        write(format.line(pair), out);
                    }
                }
            }
        }
    }

    private static Split split(String name) {
        return switch (name) {
            case "train" -> Split.TRAIN;
            case "validation" -> Split.VALIDATION;
            case "report" -> Split.REPORT;
            default -> throw new InvalidRequestException("split '" + name + "' is not train, validation or report");
        };
    }
}
