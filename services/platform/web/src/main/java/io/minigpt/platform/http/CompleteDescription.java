package io.minigpt.platform.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Completes the description of a service's interface with what is the same everywhere: path parameters, pages, fields
 * that mean the same wherever they stand, files, and problems. A service names its own class of these as
 * {@code mp.openapi.filter}.
 */
public abstract class CompleteDescription implements OASFilter {

    /** A page is described in each answer of its own: it is generic. */
    private static final Map<String, String> PAGE = Map.of(
            "items", "The items, in the order of the list",
            "next", "Cursor of the next page, for ?cursor=; null on the last page");

    private final Map<String, String> parameters;
    private final Map<String, String> fields = new HashMap<>(PAGE);

    /** Descriptions by name, for those that have none of their own. */
    protected CompleteDescription(Map<String, String> parameters, Map<String, String> fields) {
        this.parameters = Map.copyOf(parameters);
        this.fields.putAll(fields);
    }

    @Override
    public Parameter filterParameter(Parameter parameter) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(parameters.get(parameter.getName()));
        }
        return parameter;
    }

    @Override
    public Schema filterSchema(Schema schema) {
        Optional.ofNullable(schema.getProperties()).orElse(Map.of()).forEach((name, property) -> {
            if (property.getDescription() == null) {
                property.setDescription(fields.get(name));
            }
        });
        return schema;
    }

    @Override
    public Operation filterOperation(Operation operation) {
        APIResponses responses = operation.getResponses();
        if (isPaged(operation)) {
            addIfAbsent(responses, "400", "limit or cursor is wrong; detail says why");
        }
        if (operation.getRequestBody() != null) {
            addIfAbsent(responses, "415", "The body has another content type");
        }
        addIfAbsent(responses, "500", "The service failed; its log says why");
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                complete(response, operation.getSummary());
            } else {
                response.setContent(problem());
            }
        });
        return operation;
    }

    private static boolean isPaged(Operation operation) {
        return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .anyMatch(parameter -> "cursor".equals(parameter.getName()));
    }

    private static void addIfAbsent(APIResponses responses, String status, String description) {
        if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().description(description));
        }
    }

    /** An answer is what the operation says it does; where no type says what it holds, it is a file. */
    private static void complete(APIResponse response, String summary) {
        if (Optional.ofNullable(response.getDescription()).orElse("OK").equals("OK")) {
            response.setDescription(summary);
        }
        Optional.ofNullable(response.getContent()).map(Content::getMediaTypes).orElse(Map.of()).values().stream()
                .filter(content -> content.getSchema() == null)
                .forEach(content -> content.setSchema(file()));
    }

    private static Schema file() {
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING)).format("binary");
    }

    private static Content problem() {
        return OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("Problem")));
    }
}
