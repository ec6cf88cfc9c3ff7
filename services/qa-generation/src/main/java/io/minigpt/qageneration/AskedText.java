package io.minigpt.qageneration;

import io.minigpt.teacher.Passage;
import io.minigpt.teacher.Passages;
import io.minigpt.teacher.Sentences;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of a document that a teacher is asked about.
 *
 * @param passage the part
 * @param context the passage that it is a sentence of; empty if it is a whole passage
 * @param pairs pairs wanted about it
 */
record AskedText(Passage passage, Optional<Passage> context, int pairs) {

    /** A sentence with fewer letters, such as a heading's number, says nothing that can be asked for. */
    private static final int MIN_LETTERS = 4;

    /** The parts of a text at a depth, in its order. */
    static List<AskedText> of(String text, Depth depth, GenerationConfig config) {
        Stream<Passage> passages = Passages.split(text, config.passageLimit()).stream()
                .limit(depth.firstPassageOnly() ? 1 : Long.MAX_VALUE);
        return depth.perSentence() == 0
                ? passages.map(passage -> new AskedText(passage, Optional.empty(), config.pairs()))
                        .toList()
                : passages.flatMap(passage -> sentences(passage, depth.perSentence()))
                        .toList();
    }

    private static Stream<AskedText> sentences(Passage passage, int each) {
        return Sentences.in(passage.text()).stream()
                .filter(sentence ->
                        sentence.text().codePoints().filter(Character::isLetter).count() >= MIN_LETTERS)
                .map(sentence -> new AskedText(
                        new Passage(
                                sentence.text(), passage.start() + sentence.start(), passage.start() + sentence.end()),
                        Optional.of(passage),
                        each));
    }

    /** The bounds of the context; empty if there is none. */
    String contextBounds() {
        return context.map(whole -> whole.start() + "-" + whole.end()).orElse("");
    }

    /** The text of the context; empty if there is none. */
    String contextText() {
        return context.map(Passage::text).orElse("");
    }

    /** What an answer may be taken from. */
    String grounds() {
        return context.orElse(passage).text();
    }
}
