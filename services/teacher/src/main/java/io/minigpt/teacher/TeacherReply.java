package io.minigpt.teacher;

import java.time.Duration;
import java.util.Objects;

/**
 * What came back from one call.
 *
 * @param rawText the reply as it came, possibly empty
 * @param tokensIn tokens of the prompt as the endpoint counted them, 0 when it did not say
 * @param tokensOut tokens of the reply as the endpoint counted them, 0 when it did not say
 * @param latency from sending the request to having the whole reply; without the waiting between retries
 * @param model the model that answered, by its own account
 * @param retries failed calls before this one, see {@link RetryPolicy}
 */
public record TeacherReply(String rawText, long tokensIn, long tokensOut, Duration latency, String model, int retries) {

    public TeacherReply {
        Objects.requireNonNull(rawText, "rawText");
        Objects.requireNonNull(latency, "latency");
        Objects.requireNonNull(model, "model");
        if (tokensIn < 0 || tokensOut < 0 || retries < 0) {
            throw new IllegalArgumentException("token and retry counts must not be negative, but are " + tokensIn + ", "
                    + tokensOut + ", " + retries);
        }
    }

    /** A reply to the first call. */
    public TeacherReply(String rawText, long tokensIn, long tokensOut, Duration latency, String model) {
        this(rawText, tokensIn, tokensOut, latency, model, 0);
    }

    TeacherReply after(int failedCalls) {
        return new TeacherReply(rawText, tokensIn, tokensOut, latency, model, retries + failedCalls);
    }
}
