package io.minigpt.inference.http;

/** The body of every error under {@code /v1}, as OpenAI's clients expect it. */
public record OpenAiError(Detail error) {

    /**
     * What was wrong.
     *
     * @param message for people
     * @param type kind of error
     * @param param parameter at fault; null if none is
     * @param code kind of error for programs
     */
    public record Detail(String message, String type, String param, String code) {}
}
