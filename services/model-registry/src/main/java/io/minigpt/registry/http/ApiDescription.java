package io.minigpt.registry.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Completes the description of the interface with what is the same everywhere: path parameters and problems. */
public class ApiDescription implements OASFilter {

    private static final Map<String, String> PARAMETERS = Map.of(
            "model", "The model",
            "version", "Number of the version, from 1",
            "alias", "The alias, such as champion",
            "file", "Name of the file",
            "format", "huggingface, gguf-f32, gguf-bf16 or gguf-q8_0",
            "run", "Id of the evaluation run");

    private static final Map<String, String> PAGE = Map.of(
            "items", "The items, in the order of the list",
            "next", "Cursor of the next page, for ?cursor=; null on the last page");

    private static final String PROBLEM = "application/problem+json";

    @Override
    public Parameter filterParameter(Parameter parameter) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(PARAMETERS.get(parameter.getName()));
        }
        return parameter;
    }

    /** A page is described in each answer of its own: it is generic. */
    @Override
    public Schema filterSchema(Schema schema) {
        Optional.ofNullable(schema.getProperties()).orElse(Map.of()).forEach((name, property) -> {
            if (property.getDescription() == null) {
                property.setDescription(PAGE.get(name));
            }
        });
        return schema;
    }

    @Override
    public Operation filterOperation(Operation operation) {
        operation
                .getResponses()
                .addAPIResponse(
                        "500", OASFactory.createAPIResponse().description("The service failed; its log says why"));
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                response.setContent(problem());
            } else if (Optional.ofNullable(response.getDescription())
                    .orElse("OK")
                    .equals("OK")) {
                response.setDescription(operation.getSummary());
            }
        });
        return operation;
    }

    private static Content problem() {
        return OASFactory.createContent()
                .addMediaType(
                        PROBLEM,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema()
                                        .type(List.of(Schema.SchemaType.OBJECT))
                                        .description("Problem details (RFC 9457): title, status, detail, instance")));
    }
}
