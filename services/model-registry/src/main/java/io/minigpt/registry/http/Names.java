package io.minigpt.registry.http;

import io.minigpt.platform.InvalidRequestException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** What the resources check alike. */
final class Names {

    private static final Pattern ALIAS = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Names() {}

    static String alias(String alias) {
        if (!ALIAS.matcher(alias).matches()) {
            throw new InvalidRequestException("alias '" + alias + "' must be " + ALIAS);
        }
        return alias;
    }

    static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidRequestException("at '" + text + "' is not a time such as 2026-01-31T12:00:00Z", e);
        }
    }
}
