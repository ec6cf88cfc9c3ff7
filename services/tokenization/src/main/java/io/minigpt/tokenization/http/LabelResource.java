package io.minigpt.tokenization.http;

import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.tokenization.EvaluationSet;
import io.minigpt.tokenization.LabelledRecord;
import io.minigpt.tokenization.files.EvaluationLine;
import io.minigpt.tokenization.store.LabelStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Evaluation sets, labelled for a model. */
@Path("/api/datasets")
@Tag(name = "Datasets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LabelResource {

    private final Database database;
    private final Versions versions;
    private final LabelStore labels;
    private final ArtifactStore artifacts;

    LabelResource(Database database, Versions versions, LabelStore labels, ArtifactStore artifacts) {
        this.database = database;
        this.versions = versions;
        this.labels = labels;
        this.artifacts = artifacts;
    }

    @GET
    @Path("/{name}/versions/{version}/evaluation/{set}/labels/{model}/{modelVersion}")
    @Operation(
            summary = "What a registered version of a model knows of an evaluation set's items",
            description = "From the dataset version that it was trained on and those of the models before it. In the"
                    + " set's file stands what a model knows that was trained on this version alone.")
    public Page<LabelledRecord> labels(
            @PathParam("name") String name,
            @PathParam("version") int version,
            @PathParam("set") String set,
            @PathParam("model") String model,
            @PathParam("modelVersion") int modelVersion)
            throws IOException {
        DatasetVersion found = database.read(transaction -> {
            if (!labels.isKnown(transaction, model, modelVersion)) {
                throw new NotFoundException("model version", model + ":" + modelVersion);
            }
            return versions.withFiles(transaction, name, version);
        });
        List<String> ids = ids(found, set);
        return Page.all(database.read(transaction -> labels.labels(transaction, model, modelVersion, ids)));
    }

    private List<String> ids(DatasetVersion version, String set) throws IOException {
        String file = EvaluationSet.file(set);
        Artifact artifact = version.getFilesList().stream()
                .filter(candidate -> candidate.getName().equals(file))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("evaluation set", set));
        return EvaluationLine.ids(artifacts.open(artifact));
    }
}
