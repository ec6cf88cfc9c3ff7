package io.minigpt.inference.http;

import io.minigpt.platform.InvalidRequestException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An answer that a person found wrong.
 *
 * @param model the version that answered: name:version; a name or name@alias means the version that it means now
 * @param prompt what was asked
 * @param answer what was answered
 * @param temperature sampling temperature
 * @param reason why, in the person's words; may be left out
 */
@Schema(name = "Flag")
public record FlagBody(
        @Schema(required = true) String model,
        @Schema(required = true) String prompt,
        @Schema(required = true) String answer,
        @Schema(required = true) Double temperature,
        String reason) {

    private static final int LONGEST_MODEL = 200;
    private static final int LONGEST_TEXT = 65_536;
    private static final int LONGEST_REASON = 2_000;

    public FlagBody {
        reason = reason == null ? "" : reason;
        text("model", model, LONGEST_MODEL);
        require(temperature != null && temperature >= 0, "temperature", "is required and at least 0");
        text("prompt", prompt, LONGEST_TEXT);
        text("answer", answer, LONGEST_TEXT);
        text("reason", reason, LONGEST_REASON);
    }

    private static void text(String name, String value, int longest) {
        require(value != null, name, "is required");
        require(value.length() <= longest, name, "has more than " + longest + " characters");
        require(WellFormed.is(value), name, "has half of a surrogate pair, which is no character");
        require(value.indexOf('\0') < 0, name, "has the character U+0000, which no text has");
    }

    private static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new InvalidRequestException("'" + name + "' " + rule);
        }
    }
}
