package io.minigpt.registry;

import io.minigpt.platform.InvalidRequestException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a figure of a version must be, such as {@code rougeL.unseen>=0.3}.
 *
 * @param figure its name
 * @param comparison how it compares
 * @param value with what
 */
public record FigureCondition(String figure, Comparison comparison, double value) {

    private static final Pattern FORM = Pattern.compile("([\\w.@-]{1,200})(>=|<=|>|<)(\\S{1,40})");

    /** The comparisons, with their sign, which is SQL's too. */
    public enum Comparison {
        AT_LEAST(">="),
        AT_MOST("<="),
        MORE(">"),
        LESS("<");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** The sign. */
        public String sign() {
            return sign;
        }

        private static Comparison of(String sign) {
            for (Comparison comparison : values()) {
                if (comparison.sign.equals(sign)) {
                    return comparison;
                }
            }
            throw new IllegalArgumentException("no comparison " + sign);
        }
    }

    /** @throws InvalidRequestException if the text has another form */
    public static FigureCondition parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw notOne(text, null);
        }
        try {
            return new FigureCondition(
                    parts.group(1), Comparison.of(parts.group(2)), Double.parseDouble(parts.group(3)));
        } catch (NumberFormatException e) {
            throw notOne(text, e);
        }
    }

    private static InvalidRequestException notOne(String text, Throwable cause) {
        return new InvalidRequestException(
                "figure '" + text + "' must be a name, one of >= <= > < and a number, such as rougeL.unseen>=0.3",
                cause);
    }
}
