package io.minigpt.teacher.openai;

/** How a model is told which form its reply must have. */
public enum ReplyFormat {
    /** By the prompt alone: one JSON object a line. Every endpoint can do this. */
    LINES,
    /** By {@code response_format} with a JSON schema as well, for endpoints that constrain the output. */
    JSON_SCHEMA
}
