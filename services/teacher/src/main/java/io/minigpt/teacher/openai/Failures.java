package io.minigpt.teacher.openai;

import com.openai.core.http.Headers;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import io.minigpt.teacher.FatalTeacherException;
import io.minigpt.teacher.RetryableTeacherException;
import io.minigpt.teacher.TeacherException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Says of every failure of the client whether another try makes sense. */
final class Failures {

    private static final int DETAIL_LIMIT = 200;

    private final String endpoint;
    private final String apiKey;

    Failures(String endpoint, String apiKey) {
        this.endpoint = endpoint;
        this.apiKey = apiKey;
    }

    TeacherException of(OpenAIException failure) {
        return switch (failure) {
            case OpenAIServiceException answered -> ofStatus(answered);
            case OpenAIIoException broken -> retryable(kind(broken), 0, null, detail(broken), broken);
            // the client could not read a reply with a good status
            default -> retryable(RetryableTeacherException.Kind.CUT, 0, null, detail(failure), failure);
        };
    }

    private TeacherException ofStatus(OpenAIServiceException answered) {
        int status = answered.statusCode();
        // no cause and, for a refused key, no body: endpoints quote keys in what they answer
        return switch (status) {
            case 401, 403 -> fatal(FatalTeacherException.Kind.UNAUTHORIZED, status, "");
            case 404 -> fatal(FatalTeacherException.Kind.NOT_FOUND, status, detail(answered));
            case 408, 409, 425 ->
                retryable(
                        RetryableTeacherException.Kind.SERVER_ERROR,
                        status,
                        retryAfter(answered),
                        detail(answered),
                        null);
            case 429 ->
                retryable(
                        RetryableTeacherException.Kind.RATE_LIMITED,
                        status,
                        retryAfter(answered),
                        detail(answered),
                        null);
            default ->
                status >= 500
                        ? retryable(
                                RetryableTeacherException.Kind.SERVER_ERROR,
                                status,
                                retryAfter(answered),
                                detail(answered),
                                null)
                        : fatal(FatalTeacherException.Kind.BAD_REQUEST, status, detail(answered));
        };
    }

    private static RetryableTeacherException.Kind kind(OpenAIIoException broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedIOException) {
                return RetryableTeacherException.Kind.TIMEOUT;
            }
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return RetryableTeacherException.Kind.UNREACHABLE;
            }
        }
        return RetryableTeacherException.Kind.CUT;
    }

    /** RFC 9110: seconds, or a date; some endpoints also send milliseconds. */
    private static Duration retryAfter(OpenAIServiceException answered) {
        String millis = first(answered.headers(), "retry-after-ms");
        if (millis.matches("\\d{1,12}")) {
            return Duration.ofMillis(Long.parseLong(millis));
        }
        String value = first(answered.headers(), "retry-after");
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(Instant.now(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeParseException e) {
            // absent or in no known form: our own delay applies
            return null;
        }
    }

    private static String first(Headers headers, String name) {
        List<String> values = headers.values(name);
        return values.isEmpty() ? "" : values.getFirst().strip();
    }

    private String detail(OpenAIException failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = String.valueOf(deepest.getMessage()).replaceAll("\\s+", " ");
        String redacted = apiKey.isEmpty() ? message : message.replace(apiKey, "***");
        return redacted.length() <= DETAIL_LIMIT ? redacted : redacted.substring(0, DETAIL_LIMIT) + "...";
    }

    private RetryableTeacherException retryable(
            RetryableTeacherException.Kind kind, int status, Duration retryAfter, String detail, Throwable cause) {
        return new RetryableTeacherException(kind, endpoint, status, retryAfter, detail, cause);
    }

    private FatalTeacherException fatal(FatalTeacherException.Kind kind, int status, String detail) {
        return new FatalTeacherException(kind, endpoint, status, detail);
    }
}
