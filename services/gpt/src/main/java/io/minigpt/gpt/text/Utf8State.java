package io.minigpt.gpt.text;

/**
 * Where a sequence of bytes stands in a UTF-8 character: the well-formed sequences of the Unicode Standard, table 3-7,
 * but for U+FFFD. That character says that a text was malformed once; GPT-2's vocabulary has tokens for it.
 */
enum Utf8State {
    /** At a character's end, so also at a beginning. */
    BOUNDARY(0x00, 0x7f),
    /** One continuation byte is missing. */
    ONE_LEFT(0x80, 0xbf),
    TWO_LEFT(0x80, 0xbf),
    THREE_LEFT(0x80, 0xbf),
    /** After E0: no overlong form. */
    AFTER_E0(0xa0, 0xbf),
    /** After ED: no surrogate. */
    AFTER_ED(0x80, 0x9f),
    /** After EF, which U+FFFD begins with. */
    AFTER_EF(0x80, 0xbf),
    /** After EF BF: no U+FFFD. */
    AFTER_EF_BF(0x80, 0xbf),
    /** After F0: no overlong form. */
    AFTER_F0(0x90, 0xbf),
    /** After F4: nothing beyond U+10FFFF. */
    AFTER_F4(0x80, 0x8f);

    private final int lowest;
    private final int highest;

    Utf8State(int lowest, int highest) {
        this.lowest = lowest;
        this.highest = highest;
    }

    /** The state after one more byte, or null if the byte may not stand here. */
    Utf8State after(byte next) {
        int value = Byte.toUnsignedInt(next);
        if (this == BOUNDARY && value > highest) {
            return lead(value);
        }
        if (value < lowest || value > highest) {
            return null;
        }
        return switch (this) {
            case BOUNDARY, ONE_LEFT -> BOUNDARY;
            case AFTER_EF -> value == 0xbf ? AFTER_EF_BF : ONE_LEFT;
            case AFTER_EF_BF -> value == 0xbd ? null : BOUNDARY;
            case TWO_LEFT, AFTER_E0, AFTER_ED -> ONE_LEFT;
            case THREE_LEFT, AFTER_F0, AFTER_F4 -> TWO_LEFT;
        };
    }

    private static Utf8State lead(int value) {
        return switch (value) {
            case 0xe0 -> AFTER_E0;
            case 0xed -> AFTER_ED;
            case 0xef -> AFTER_EF;
            case 0xf0 -> AFTER_F0;
            case 0xf4 -> AFTER_F4;
            default -> {
                if (value >= 0xc2 && value <= 0xdf) {
                    yield ONE_LEFT;
                }
                if (value >= 0xe1 && value <= 0xef) {
                    yield TWO_LEFT;
                }
                yield value >= 0xf1 && value <= 0xf3 ? THREE_LEFT : null;
            }
        };
    }
}
