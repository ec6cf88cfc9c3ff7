package io.minigpt.inference.http;

import io.minigpt.platform.InvalidRequestException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A battle to begin.
 *
 * @param prompt what both versions are asked
 * @param temperature sampling temperature of both, 0 to 2
 * @param models two names of different versions; left out, any two that are served
 * @param blind whether sides are swapped at random and the versions told only after the vote (default: true)
 */
@Schema(name = "BattleRequest")
public record BattleBody(
        @Schema(required = true) String prompt,

        @Schema(required = true, minimum = "0", maximum = "2")
        Double temperature,

        List<String> models,
        Boolean blind) {

    private static final int LONGEST_PROMPT = 10_000;
    private static final int LONGEST_MODEL = 200;
    private static final double HIGHEST_TEMPERATURE = 2;

    public BattleBody {
        blind = blind == null || blind;
        models = models == null
                ? List.of()
                : models.stream().map(String::valueOf).toList();
        require(prompt != null && !prompt.isBlank(), "prompt", "is required");
        text("prompt", prompt, LONGEST_PROMPT);
        require(
                temperature != null && temperature >= 0 && temperature <= HIGHEST_TEMPERATURE,
                "temperature",
                "is required, 0 to 2");
        require(models.isEmpty() || models.size() == 2, "models", "must be two, or left out");
        models.forEach(model -> text("models", model, LONGEST_MODEL));
    }

    private static void text(String name, String value, int longest) {
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
