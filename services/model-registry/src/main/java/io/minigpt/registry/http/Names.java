package io.minigpt.registry.http;

import io.minigpt.platform.InvalidRequestException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

/** What the resources check alike. */
final class Names {

    private static final Pattern ALIAS = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:/-]{0,62}");
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_NOTE = 10_000;

    private Names() {}

    static String alias(String alias) {
        if (!ALIAS.matcher(alias).matches()) {
            throw new InvalidRequestException("alias '" + alias + "' must be " + ALIAS);
        }
        return alias;
    }

    static List<String> tags(List<String> tags) {
        if (tags.size() > MOST_TAGS) {
            throw new InvalidRequestException("tags: a version has " + MOST_TAGS + " at most");
        }
        for (String tag : tags) {
            if (tag == null || !TAG.matcher(tag).matches()) {
                throw new InvalidRequestException("tag '" + tag + "' must be " + TAG);
            }
        }
        return tags.stream().distinct().sorted().toList();
    }

    static String note(String note) {
        if (note.length() > LONGEST_NOTE) {
            throw new InvalidRequestException("note: at most " + LONGEST_NOTE + " characters");
        }
        return note;
    }

    static Instant time(String parameter, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidRequestException(
                    parameter + " '" + text + "' is not a time such as 2026-01-31T12:00:00Z", e);
        }
    }
}
