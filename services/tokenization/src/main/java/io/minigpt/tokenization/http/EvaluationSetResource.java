package io.minigpt.tokenization.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.tokenization.EvaluationFile;
import io.minigpt.tokenization.ImportedSet;
import io.minigpt.tokenization.SetUse;
import io.minigpt.tokenization.store.ImportedSetStore;
import io.minigpt.tokenization.store.SetAnnouncement;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Evaluation sets that people bring, to be frozen with versions. */
@Path("/api/datasets/evaluation-sets/{corpus}")
@Tag(name = "Datasets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class EvaluationSetResource {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private final Database database;
    private final ImportedSetStore sets;
    private final SetAnnouncement announcement;

    EvaluationSetResource(Database database, ImportedSetStore sets, SetAnnouncement announcement) {
        this.database = database;
        this.sets = sets;
        this.announcement = announcement;
    }

    @GET
    @Operation(summary = "The imported evaluation sets of a corpus")
    public Page<ImportedSet> list(@PathParam("corpus") String corpus) {
        return Page.all(database.read(transaction -> sets.list(transaction, corpus)));
    }

    @PUT
    @Path("/{name}")
    @Consumes("application/x-ndjson")
    @Operation(
            summary = "Import an evaluation set, in the place of the one of that name",
            description =
                    "JSON lines with question, answer and, where it is about a document, documentId; 10000 at most,"
                            + " 16 MiB. A freeze that names the set takes it along, each item labelled. Of one question in a set"
                            + " to report on, neither a validation split nor a set to choose by has another copy.")
    public ImportedSet put(
            @PathParam("corpus") String corpus,
            @PathParam("name") String name,
            @QueryParam("use") @DefaultValue("report") String use,
            InputStream body)
            throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidRequestException(
                    "evaluation set '" + name + "': its name has to be 1 to 40 lower-case letters, digits and dashes");
        }
        SetUse asked = SetUse.of(use);
        List<EvaluationFile.Item> items = EvaluationFile.read(body);
        return database.transact(transaction -> {
            ImportedSet set = sets.put(transaction, corpus, name, asked, items);
            announcement.changed(transaction, corpus);
            return set;
        });
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Forget an evaluation set; versions that have it keep it")
    public void delete(@PathParam("corpus") String corpus, @PathParam("name") String name) {
        database.run(transaction -> {
            if (!sets.remove(transaction, corpus, name)) {
                throw new NotFoundException("evaluation set", corpus + "/" + name);
            }
            announcement.changed(transaction, corpus);
        });
    }
}
