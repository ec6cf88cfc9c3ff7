package io.minigpt.inference.http;

import io.minigpt.inference.Deployments;
import io.minigpt.inference.ModelReference;
import io.minigpt.inference.Stage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Texts from models, as OpenAI's clients ask for them. */
@Path("/v1")
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Completions")
@APIResponse(
        responseCode = "4XX",
        description = "what the caller has to change",
        content =
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = OpenAiError.class)))
@APIResponse(
        responseCode = "503",
        description = "the model is being loaded or could not be loaded",
        content =
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = OpenAiError.class)))
public class CompletionsResource {

    private final Requests requests;
    private final Answers answers;
    private final Deployments deployments;

    CompletionsResource(Requests requests, Answers answers, Deployments deployments) {
        this.requests = requests;
        this.answers = answers;
        this.deployments = deployments;
    }

    @POST
    @Path("/completions")
    @Operation(
            summary = "Continue a text",
            description = "The text is given to the model as it is, a fine-tuned one too. With \"stream\": true the"
                    + " answer comes as server-sent events, the last of which is [DONE].")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CompletionBody.class)))
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = CompletionAnswer.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS)
            })
    public Response complete(byte[] body, @Context RoutingContext caller) throws InterruptedException {
        try {
            CompletionBody request = RequestBodies.read(body, CompletionBody.class);
            Call call = requests.of(request);
            return answers.answer(
                    model(request),
                    template -> call,
                    version -> new CompletionFormat(
                            version, call.echoes(), call.wishes().promptProbabilities()),
                    caller);
        } catch (RuntimeException e) {
            throw OpenAiErrors.of(e);
        }
    }

    @POST
    @Path("/chat/completions")
    @Operation(
            summary = "Answer a question",
            description = "The last message of the role user is put into the template that the model was fine-tuned"
                    + " with; earlier messages are not remembered. With \"stream\": true the answer comes as"
                    + " server-sent events, the last of which is [DONE].")
    @RequestBody(
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ChatBody.class)))
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ChatAnswer.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS)
            })
    public Response chat(byte[] body, @Context RoutingContext caller) throws InterruptedException {
        try {
            ChatBody request = RequestBodies.read(body, ChatBody.class);
            ModelReference model = model(request);
            if (deployments.resolve(model).stage() != Stage.SFT) {
                throw OpenAiException.invalid(
                        "model", model + " is pretrained only and has no template for questions; use /v1/completions");
            }
            return answers.answer(model, template -> requests.of(request, template), ChatFormat::new, caller);
        } catch (RuntimeException e) {
            throw OpenAiErrors.of(e);
        }
    }

    private static ModelReference model(SamplingBody request) {
        if (request.model() == null) {
            throw OpenAiException.invalid("model", "'model' is required: name, name@alias or name:version");
        }
        return ModelReference.parse(request.model());
    }
}
