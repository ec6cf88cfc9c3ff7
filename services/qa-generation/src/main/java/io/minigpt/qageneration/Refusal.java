package io.minigpt.qageneration;

import io.minigpt.teacher.RejectedPair;

/**
 * A pair that a check refused.
 *
 * @param callId the call whose reply held it
 * @param pair the pair with the reason
 */
public record Refusal(String callId, RejectedPair pair) {}
