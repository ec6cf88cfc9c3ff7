package io.minigpt.inference.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.stream.Collectors;

/** Reads requests strictly: a misspelt parameter or a value of another type is refused by its name. */
final class RequestBodies {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private RequestBodies() {}

    /** @throws OpenAiException if the body is no such request */
    static <T> T read(byte[] body, Class<T> type) {
        try {
            JsonNode request = JSON.readTree(body);
            if (!(request instanceof ObjectNode parameters)) {
                throw OpenAiException.invalid(null, "the body is not a JSON object");
            }
            if (!WellFormed.is(parameters)) {
                throw OpenAiException.invalid(null, "the body has half of a surrogate pair, which is no character");
            }
            OtherParameters.remove(parameters);
            return JSON.treeToValue(parameters, type);
        } catch (UnrecognizedPropertyException e) {
            throw OpenAiException.unknownParameter(
                    path(e),
                    "unknown parameter '" + path(e) + "'; known: " + e.getKnownPropertyIds() + " and, without effect, "
                            + OtherParameters.known());
        } catch (JsonMappingException e) {
            throw OpenAiException.invalid(path(e), "the parameter '" + path(e) + "': " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw OpenAiException.invalid(
                    null,
                    "the body is not JSON: " + e.getOriginalMessage() + " in line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw OpenAiException.invalid(null, "the body is not JSON in UTF-8: " + e.getMessage());
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("."));
    }
}
