package io.minigpt.teacher;

import java.math.BigDecimal;
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
 * @param answeredBy configured name and version of the teacher that answered; empty when it has none
 * @param cost what its tokens cost, see {@link Price}
 */
public record TeacherReply(
        String rawText,
        long tokensIn,
        long tokensOut,
        Duration latency,
        String model,
        int retries,
        String answeredBy,
        BigDecimal cost) {

    public TeacherReply {
        Objects.requireNonNull(rawText, "rawText");
        Objects.requireNonNull(latency, "latency");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(answeredBy, "answeredBy");
        Objects.requireNonNull(cost, "cost");
        if (tokensIn < 0 || tokensOut < 0 || retries < 0) {
            throw new IllegalArgumentException("token and retry counts must not be negative, but are " + tokensIn + ", "
                    + tokensOut + ", " + retries);
        }
    }

    /** A reply to the first call, from nobody in particular and for nothing. */
    public TeacherReply(String rawText, long tokensIn, long tokensOut, Duration latency, String model) {
        this(rawText, tokensIn, tokensOut, latency, model, 0, "", BigDecimal.ZERO);
    }

    TeacherReply after(int failedCalls) {
        return new TeacherReply(rawText, tokensIn, tokensOut, latency, model, retries + failedCalls, answeredBy, cost);
    }

    TeacherReply by(String teacher, BigDecimal price) {
        return new TeacherReply(rawText, tokensIn, tokensOut, latency, model, retries, teacher, price);
    }
}
