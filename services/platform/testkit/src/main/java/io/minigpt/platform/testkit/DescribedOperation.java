package io.minigpt.platform.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An operation of an interface as its OpenAPI description has it.
 *
 * @param method in lower case
 * @param path with its parameters in braces
 * @param says the description of this operation
 */
record DescribedOperation(String method, String path, JsonNode says) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    static List<DescribedOperation> all(JsonNode description) {
        return description
                .path("paths")
                .propertyStream()
                .flatMap(path -> path.getValue()
                        .propertyStream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .map(operation ->
                                new DescribedOperation(operation.getKey(), path.getKey(), operation.getValue())))
                .toList();
    }

    Stream<JsonNode> parameters() {
        return says.path("parameters").valueStream();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
