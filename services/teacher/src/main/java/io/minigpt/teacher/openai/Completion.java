package io.minigpt.teacher.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIIoException;
import io.minigpt.teacher.TeacherReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * The little that is used of a chat completion. The client's own model of one is read by making a tree of every field and
 * reading that again, level by level.
 *
 * <p>Source: OpenAI API reference, The chat completion object.
 *
 * @param text empty when the first choice has no content
 * @param tokensIn 0 when the endpoint did not say
 * @param tokensOut 0 when the endpoint did not say
 */
record Completion(String text, long tokensIn, long tokensOut, String model) {

    private static final ObjectReader READER = JsonMapper.builder().build().reader();

    /** Reads the body of a response. @throws com.openai.errors.OpenAIException if it is none, or ends too early */
    static Completion read(InputStream body) {
        try {
            JsonNode whole = READER.readTree(body);
            if (!whole.path("choices").isArray() || !whole.path("model").isTextual()) {
                throw new OpenAIInvalidDataException("the reply is no chat completion: choices or model is missing");
            }
            return new Completion(
                    whole.at("/choices/0/message/content").asText(""),
                    whole.at("/usage/prompt_tokens").asLong(),
                    whole.at("/usage/completion_tokens").asLong(),
                    whole.path("model").textValue());
        } catch (InterruptedIOException e) {
            throw new OpenAIIoException("the reply did not end in time", e);
        } catch (IOException e) {
            throw new OpenAIInvalidDataException("the reply cannot be read", e);
        }
    }

    TeacherReply after(Duration latency) {
        return new TeacherReply(text, tokensIn, tokensOut, latency, model);
    }
}
