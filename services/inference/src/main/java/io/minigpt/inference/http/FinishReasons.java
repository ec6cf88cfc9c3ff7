package io.minigpt.inference.http;

import io.minigpt.gpt.FinishReason;

/** How OpenAI calls the end of a text, and, beside it, what it was in detail. */
final class FinishReasons {

    private FinishReasons() {}

    /** {@code finish_reason}. */
    static String finish(FinishReason reason) {
        return switch (reason) {
            case STOP, STOP_STRING, REPETITION, CANCELLED -> "stop";
            case LENGTH -> "length";
        };
    }

    /** One word for each. */
    static String inDetail(FinishReason reason) {
        return reason == FinishReason.LENGTH ? finish(reason) : stop(reason);
    }

    /** {@code stop_reason}; null where {@code finish_reason} says it all. */
    static String stop(FinishReason reason) {
        return switch (reason) {
            case STOP -> "end_of_text";
            case STOP_STRING -> "stop_text";
            case REPETITION -> "repetition";
            case CANCELLED -> "cancelled";
            case LENGTH -> null;
        };
    }
}
