package io.minigpt.teacher.openai;

import com.openai.core.JsonValue;
import com.openai.models.ResponseFormatJsonSchema;
import io.minigpt.teacher.PairParser;
import io.minigpt.teacher.QuestionsRequest;
import io.minigpt.teacher.TeacherRequest;
import io.minigpt.teacher.VariantParser;
import io.minigpt.teacher.VariantsRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON schemas of replies. Structured output wants an object at the top, so the list is a field of it. */
final class ReplySchema {

    private ReplySchema() {}

    static ResponseFormatJsonSchema of(TeacherRequest request) {
        return switch (request) {
            case QuestionsRequest _ -> listOf(PairParser.LIST_FIELD, "question", "answer");
            case VariantsRequest asked ->
                asked.answerToo()
                        ? listOf(PairParser.LIST_FIELD, "question", "answer")
                        : listOf(VariantParser.LIST_FIELD, "question");
        };
    }

    private static ResponseFormatJsonSchema listOf(String field, String... elementFields) {
        Map<String, Object> properties = new TreeMap<>();
        for (String name : elementFields) {
            properties.put(name, Map.of("type", "string"));
        }
        Map<String, Object> list = Map.of("type", "array", "items", object(properties));
        ResponseFormatJsonSchema.JsonSchema.Schema.Builder schema =
                ResponseFormatJsonSchema.JsonSchema.Schema.builder();
        object(Map.of(field, list)).forEach((key, value) -> schema.putAdditionalProperty(key, JsonValue.from(value)));
        return ResponseFormatJsonSchema.builder()
                .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                        .name(field)
                        .strict(true)
                        .schema(schema.build())
                        .build())
                .build();
    }

    private static Map<String, Object> object(Map<String, Object> properties) {
        return Map.of(
                "type",
                "object",
                "properties",
                properties,
                "required",
                List.copyOf(properties.keySet()),
                "additionalProperties",
                false);
    }
}
