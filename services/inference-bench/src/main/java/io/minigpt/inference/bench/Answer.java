package io.minigpt.inference.bench;

import java.time.Duration;
import java.util.List;

/**
 * What one stream saw.
 *
 * @param toFirst from when it was to begin to its first piece
 * @param between times between one piece and the next, if that is one token
 * @param tokens tokens of its text
 */
record Answer(Duration toFirst, List<Duration> between, int tokens) {

    Answer {
        between = List.copyOf(between);
    }
}
