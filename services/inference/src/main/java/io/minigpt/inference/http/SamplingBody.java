package io.minigpt.inference.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/** What both kinds of completion can be told; null where the caller says nothing. */
interface SamplingBody {

    /** Name, name@alias or name:version. */
    String model();

    /** The most new tokens. */
    Integer maxTokens();

    /** Sampling temperature, 0 to 2. */
    Double temperature();

    /** Sample among the likeliest tokens that together have this probability. */
    Double topP();

    /** Sample among this many likeliest tokens; 0 for all. */
    Integer topK();

    /** Sample among tokens with at least this share of the likeliest one's probability. */
    Double minP();

    /** What is taken from the logits of tokens that the text has. */
    Double presencePenalty();

    /** What is taken from the logits of tokens for each time that the text has them. */
    Double frequencyPenalty();

    /** By what the logits of tokens in prompt or text are divided. */
    Double repetitionPenalty();

    /** How many tokens may not stand in the same order twice; 0 for no such rule. */
    Integer noRepeatNgram();

    /** What is added to the logits of single tokens. */
    Map<Integer, Double> logitBias();

    /** Seed of the random stream. */
    Long seed();

    /** How many texts. */
    Integer n();

    /** A text or up to four at which the answer ends. */
    JsonNode stop();

    /** What counts as repeating: safe, seed or off. */
    String repetition();

    /** Whether only well-formed UTF-8 may be generated. */
    Boolean banInvalidUtf8();

    /** What happens when the context is full: slide or stop. */
    String contextOverflow();

    /** Whether the text is the same to the bit whatever else runs. */
    Boolean deterministic();

    /** Whether the answer comes as server-sent events. */
    Boolean stream();

    /** How it comes. */
    StreamOptions streamOptions();

    /** How a stream comes: whether it ends with the number of tokens; padding against eavesdroppers is ignored. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record StreamOptions(Boolean includeUsage, Boolean includeObfuscation) {}

    /** How the answer comes. */
    default Call.StreamWish wish() {
        return new Call.StreamWish(
                Boolean.TRUE.equals(stream()),
                streamOptions() != null && Boolean.TRUE.equals(streamOptions().includeUsage()));
    }
}
