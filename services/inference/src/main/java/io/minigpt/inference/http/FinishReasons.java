package io.minigpt.inference.http;

import io.minigpt.inference.FinishReason;

/** How OpenAI calls the end of a text, and, beside it, what it was in detail. */
final class FinishReasons {

    private FinishReasons() {}

    /** {@code finish_reason}. */
    static String finish(FinishReason reason) {
        return switch (reason) {
            case END_OF_TEXT, STOP_TEXT, REPETITION, CANCELLED -> "stop";
            case LENGTH -> "length";
        };
    }

    /** {@code stop_reason}; null where {@code finish_reason} says it all. */
    static String stop(FinishReason reason) {
        return switch (reason) {
            case END_OF_TEXT -> "end_of_text";
            case STOP_TEXT -> "stop_text";
            case REPETITION -> "repetition";
            case CANCELLED -> "cancelled";
            case LENGTH -> null;
        };
    }
}
