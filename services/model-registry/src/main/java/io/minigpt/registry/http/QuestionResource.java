package io.minigpt.registry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.evaluation.EvaluatedData;
import io.minigpt.evaluation.EvaluationSettings;
import io.minigpt.evaluation.InvalidSettingException;
import io.minigpt.evaluation.ScoredAnswer;
import io.minigpt.platform.ConflictException;
import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.NotFoundException;
import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.platform.artifacts.ArtifactWriter;
import io.minigpt.platform.database.Database;
import io.minigpt.proto.event.v1.Artifact;
import io.minigpt.proto.training.v1.EvaluationFinished;
import io.minigpt.registry.Question;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.store.AnswerFiles;
import io.minigpt.registry.store.QuestionRuns;
import io.minigpt.registry.store.QuestionRuns.QuestionRun;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A file of questions in, a file of answers out. */
@Path("/api/models/{model}/versions/{version}/questions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Evaluations")
@RunOnVirtualThread
public class QuestionResource {

    private static final String LINES = "application/x-ndjson";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> KEYS = new TypeReference<>() {};

    private final Database database;
    private final VersionViews views;
    private final QuestionRuns runs;
    private final AnswerFiles answers;
    private final ArtifactStore artifacts;

    QuestionResource(
            Database database, VersionViews views, QuestionRuns runs, AnswerFiles answers, ArtifactStore artifacts) {
        this.database = database;
        this.views = views;
        this.runs = runs;
        this.answers = answers;
        this.artifacts = artifacts;
    }

    @POST
    @Consumes({LINES, MediaType.APPLICATION_OCTET_STREAM})
    @Operation(
            summary = "Ask a version a file of questions",
            description = "JSON lines with question and, where they are known, answer, id and label; at most 10,000. A"
                    + " worker answers them as an evaluation; with answers in the file there are scores too.")
    @APIResponse(
            responseCode = "202",
            description = "The run; Location is its address",
            content = @Content(schema = @Schema(implementation = QuestionRunView.class)))
    @APIResponse(responseCode = "400", description = "A line or the configuration is wrong; detail says which and why")
    @APIResponse(responseCode = "404", description = "There is no such version")
    @APIResponse(responseCode = "413", description = "The file is larger than 10 MB")
    public Response ask(
            @PathParam("model") String model,
            @PathParam("version") int version,
            @Parameter(description = "Settings of the evaluation as a JSON object, such as {\"temperatures\":[0.2]}")
                    @QueryParam("configuration")
                    String configuration,
            InputStream body)
            throws IOException {
        VersionReference reference = new VersionReference(model, version);
        String settings = checked(Optional.ofNullable(configuration).orElse(""));
        database.read(transaction -> views.find(transaction, reference));
        int questions;
        Artifact file;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
                ArtifactWriter writer = artifacts.create("questions/" + UUID.randomUUID() + ".jsonl")) {
            questions = Question.check(lines, line -> writer.write((line + "\n").getBytes(StandardCharsets.UTF_8)));
            file = writer.commit();
        }
        QuestionRun run = database.transact(transaction -> runs.ask(transaction, reference, file, questions, settings));
        return Response.accepted(QuestionRunView.of(run))
                .location(URI.create("/api/models/" + model + "/versions/" + version + "/questions/" + run.runId()))
                .build();
    }

    @GET
    @Path("/{run}")
    @Operation(summary = "Where a file of questions stands")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "There is no such version or file of questions")
    public QuestionRunView get(
            @PathParam("model") String model, @PathParam("version") int version, @PathParam("run") String run) {
        return QuestionRunView.of(find(model, version, run));
    }

    @GET
    @Path("/{run}/answers")
    @Produces(LINES)
    @Operation(
            summary = "The answers in the order of the questions, one line {\"question\", \"answer\"} each",
            description = "With several temperatures, those of the first one.")
    @APIResponse(responseCode = "200", description = "The answers")
    @APIResponse(responseCode = "404", description = "There is no such version or file of questions")
    @APIResponse(responseCode = "409", description = "It is not answered yet, or failed; detail says which and why")
    public Response answers(
            @PathParam("model") String model, @PathParam("version") int version, @PathParam("run") String run) {
        QuestionRunView view = get(model, version, run);
        if (!view.state().equals("succeeded")) {
            throw new ConflictException("the file of questions " + run + " is " + view.state()
                    + (view.reason() == null ? "" : ": " + view.reason()));
        }
        EvaluationFinished finished = find(model, version, run).finished().orElseThrow();
        StreamingOutput lines = out -> {
            try (BufferedReader scored = answers.open(finished)) {
                OptionalDouble first = OptionalDouble.empty();
                for (String line = scored.readLine(); line != null; line = scored.readLine()) {
                    ScoredAnswer answer = ScoredAnswer.parse(line);
                    first = first.isPresent() ? first : OptionalDouble.of(answer.temperature());
                    if (answer.temperature() == first.getAsDouble()) {
                        out.write(plain(answer));
                    }
                }
            }
        };
        return Response.ok(lines).build();
    }

    private static byte[] plain(ScoredAnswer answer) throws JsonProcessingException {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("question", answer.question());
        line.put("answer", answer.answer());
        return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private QuestionRun find(String model, int version, String run) {
        VersionReference reference = new VersionReference(model, version);
        return database.read(transaction -> {
            views.find(transaction, reference);
            return runs.find(transaction, reference, run)
                    .orElseThrow(() -> new NotFoundException("file of questions of " + reference, run));
        });
    }

    private static String checked(String configuration) {
        if (configuration.isEmpty()) {
            return configuration;
        }
        try {
            JsonNode json = JSON.readTree(configuration);
            if (!json.isObject()) {
                throw new InvalidRequestException("configuration must be a JSON object");
            }
            EvaluationSettings.of(JSON.convertValue(json, KEYS), EvaluatedData.NOTHING);
            return configuration;
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException("configuration is no JSON: " + e.getOriginalMessage(), e);
        } catch (InvalidSettingException e) {
            throw new InvalidRequestException("configuration: " + e.getMessage(), e);
        }
    }
}
