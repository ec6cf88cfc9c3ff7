package io.minigpt.corpus;

import java.util.Locale;

/** Why a line is refused. The codes are stable: they are counted for every import and stand in its rejects file. */
public enum RejectReason {
    LINE_TOO_LONG,
    INVALID_UTF8,
    NUL,
    NOT_JSON,
    NOT_AN_OBJECT,
    MORE_THAN_ONE_VALUE,
    DUPLICATE_KEY,
    TOO_DEEP,
    /** NaN or an infinity, which JSON does not have. */
    NOT_A_NUMBER,
    NUMBER_TOO_LONG,
    LONE_SURROGATE,
    FIELD_MISSING,
    FIELD_BLANK,
    FIELD_TYPE,
    FIELD_TOO_LONG,
    TEXT_TOO_SHORT,
    TEXT_TOO_LONG,
    NOT_CHINESE,
    REPEATED_LINES,
    REPEATED_PHRASES,
    BOILERPLATE;

    /** Name in files, tables and answers, such as {@code duplicate-key}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
