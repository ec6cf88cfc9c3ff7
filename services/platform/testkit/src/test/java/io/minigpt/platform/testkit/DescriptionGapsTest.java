package io.minigpt.platform.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class DescriptionGapsTest {

    @Test
    void findsWhatAnOperationLeavesUnsaid() throws JsonProcessingException {
        // Given
        String description = """
                {"paths": {"/runs/{id}": {"put": {
                  "parameters": [{"name": "id"}],
                  "requestBody": {},
                  "responses": {"404": {"description": "There is no such run", "content": {"text/plain": {}}}}}}}}
                """;

        // When
        DescriptionGaps gaps = gaps(description);

        // Then
        assertThat(gaps.found())
                .containsExactlyInAnyOrder(
                        "put /runs/{id} has no summary",
                        "put /runs/{id} parameter id",
                        "put /runs/{id} response 404 is no problem",
                        "put /runs/{id} does not say what it answers",
                        "put /runs/{id} has no response 400",
                        "put /runs/{id} has no response 500");
    }

    @Test
    void findsAnswersWithoutContent() throws JsonProcessingException {
        // Given
        String description = """
                {"paths": {"/runs": {"get": {
                  "summary": "All runs",
                  "responses": {
                    "200": {"description": "OK", "content": {"application/json": {}}},
                    "204": {"description": "There are none"},
                    "500": {"description": "It failed", "content": {"application/problem+json": {
                      "schema": {"$ref": "#/components/schemas/Problem"}}}}}}}}}
                """;

        // When
        DescriptionGaps gaps = gaps(description);

        // Then
        assertThat(gaps.found())
                .containsExactly(
                        "get /runs response 200 has no description",
                        "get /runs response 200 does not say what it holds");
    }

    @Test
    void findsFieldsWithoutDescriptionWhereverTheyStand() throws JsonProcessingException {
        // Given
        String description = """
                {"components": {"schemas": {"Run": {"type": ["object", "null"], "properties": {
                  "id": {"type": "string", "description": "Its id"},
                  "model": {"anyOf": [{"properties": {"name": {"type": "string"}}}], "description": "The model"},
                  "steps": {"type": "array"}}}}}}
                """;

        // When
        DescriptionGaps gaps = gaps(description);

        // Then
        assertThat(gaps.fields()).isEqualTo(4);
        assertThat(gaps.found())
                .containsExactly(
                        ".components.schemas.Run.steps", ".components.schemas.Run.properties.model.anyOf.name");
    }

    private static DescriptionGaps gaps(String description) throws JsonProcessingException {
        return DescriptionGaps.of(new ObjectMapper().readTree(description));
    }
}
