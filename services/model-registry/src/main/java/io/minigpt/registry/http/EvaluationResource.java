package io.minigpt.registry.http;

import io.minigpt.evaluation.ReportPage;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.http.Page;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.registry.References;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.store.AnswerFiles;
import io.minigpt.registry.store.DecisionStore;
import io.minigpt.registry.store.EvaluationStore;
import io.minigpt.registry.store.EvaluationStore.Evaluation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/** What evaluations found in a version. */
@Path("/api/models/{model}/versions/{version}/evaluations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Evaluations")
@RunOnVirtualThread
public class EvaluationResource {

    private final Database database;
    private final VersionViews views;
    private final EvaluationStore evaluations;
    private final DecisionStore decisions;
    private final AnswerFiles answers;
    private final ArtifactStore artifacts;

    EvaluationResource(
            Database database,
            VersionViews views,
            EvaluationStore evaluations,
            DecisionStore decisions,
            AnswerFiles answers,
            ArtifactStore artifacts) {
        this.database = database;
        this.views = views;
        this.evaluations = evaluations;
        this.decisions = decisions;
        this.answers = answers;
        this.artifacts = artifacts;
    }

    @GET
    @Operation(summary = "Evaluations of a version, newest first, with what was decided on them")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public Page<EvaluationView> list(@PathParam("model") String model, @PathParam("version") int version) {
        return database.read(transaction -> {
            VersionReference reference = views.find(transaction, new VersionReference(model, version))
                    .reference();
            return Page.all(evaluations.of(transaction, reference).stream()
                    .map(evaluation -> EvaluationView.of(
                            evaluation,
                            decisions.of(transaction, evaluation.result().getRunId())))
                    .toList());
        });
    }

    @GET
    @Path("/{run}/report")
    @Operation(
            summary = "The report of an evaluation",
            description = "For each set, label and temperature: figures, histograms, the heads characters, repetition,"
                    + " content and time, and the best and worst answers.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such version or evaluation")
    public ReportView report(
            @PathParam("model") String model, @PathParam("version") int version, @PathParam("run") String run)
            throws IOException {
        EvaluationFinished evaluation = database.read(transaction -> find(transaction, model, version, run))
                .result();
        return ReportView.of(answers.report(evaluation), evaluation);
    }

    @GET
    @Path("/{run}/report.html")
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "The report of an evaluation as a page that needs nothing else")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(responseCode = "404", description = "There is no such version or evaluation")
    public String page(
            @PathParam("model") String model, @PathParam("version") int version, @PathParam("run") String run)
            throws IOException {
        EvaluationFinished evaluation = database.read(transaction -> find(transaction, model, version, run))
                .result();
        return ReportPage.of(model + ":" + version + ", evaluation " + run, answers.report(evaluation));
    }

    @GET
    @Path("/{run}/answers")
    @Produces("application/x-ndjson")
    @Operation(summary = "Every answer of an evaluation with its reference, label and scores, one JSON object a line")
    @APIResponse(responseCode = "200", description = "The answers")
    @APIResponse(responseCode = "404", description = "There is no such version or evaluation")
    public Response answers(
            @PathParam("model") String model, @PathParam("version") int version, @PathParam("run") String run)
            throws IOException {
        Evaluation evaluation = database.read(transaction -> find(transaction, model, version, run));
        return Downloads.of(artifacts, evaluation.result().getAnswers());
    }

    @GET
    @Path("/paired")
    @Operation(
            summary = "This version against another on the items that both were asked",
            description = "The newest evaluation of each in which they have items in common. For each set, label,"
                    + " temperature and metric: both means, their difference with its interval by bootstrap, and the"
                    + " p-value of a paired randomization test.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "with is missing or no version")
    @APIResponse(responseCode = "404", description = "There is no such version, or one was never evaluated")
    public PairedView paired(
            @PathParam("model") String model,
            @PathParam("version") int version,
            @Parameter(description = "The other version: name:version", required = true) @QueryParam("with")
                    String with)
            throws IOException {
        VersionReference first = new VersionReference(model, version);
        VersionReference second =
                References.version("with", Optional.ofNullable(with).orElse(""));
        Evaluation ours = database.read(transaction -> newest(transaction, first));
        Evaluation theirs = database.read(transaction -> newest(transaction, second));
        return PairedView.of(
                first, second, ours.result(), theirs.result(), answers.paired(theirs.result(), ours.result()));
    }

    private Evaluation find(Handle transaction, String model, int version, String run) {
        VersionReference reference =
                views.find(transaction, new VersionReference(model, version)).reference();
        return evaluations.of(transaction, reference).stream()
                .filter(evaluation -> evaluation.result().getRunId().equals(run))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("evaluation of " + reference, run));
    }

    private Evaluation newest(Handle transaction, VersionReference reference) {
        views.find(transaction, reference);
        return evaluations.of(transaction, reference).stream()
                .filter(evaluation -> evaluation.result().getDatasetVersion() > 0)
                .findFirst()
                .orElseThrow(() -> new NotFoundException("evaluation of", reference.toString()));
    }
}
