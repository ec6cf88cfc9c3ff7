package io.minigpt.teacher;

import java.util.Objects;

/** A call that fails until someone changes the configuration or the request. */
public final class FatalTeacherException extends TeacherException {

    /** Why it failed. */
    public enum Kind {
        /** Status 401 or 403: the key is missing, wrong or not allowed to do this. */
        UNAUTHORIZED,
        /** Status 404: the address or the model is wrong. */
        NOT_FOUND,
        /** Any other 4xx: the endpoint does not accept this request; it may accept others. */
        BAD_REQUEST
    }

    private final Kind kind;

    /** @param status HTTP status */
    public FatalTeacherException(Kind kind, String endpoint, int status, String detail) {
        super(message(kind, endpoint, status, detail), endpoint, status, 1, null);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }

    private static String message(Kind kind, String endpoint, int status, String detail) {
        String what =
                switch (kind) {
                    case UNAUTHORIZED -> "refuses the key (status " + status + "); check the configured API key";
                    case NOT_FOUND ->
                        "does not know this address or model (status " + status + "); check the base URL and the model";
                    case BAD_REQUEST -> "does not accept the request (status " + status + ")";
                };
        return "teacher endpoint " + endpoint + " " + what + (detail.isEmpty() ? "" : ": " + detail);
    }
}
