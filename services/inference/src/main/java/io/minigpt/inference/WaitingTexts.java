package io.minigpt.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Texts that wait for room: callers take turns, and the texts of each caller keep their order, so that nobody waits for
 * all that another has sent before. Not thread-safe.
 */
final class WaitingTexts {

    private final Map<String, Deque<SubmittedText>> byCaller = new LinkedHashMap<>();
    private int size;

    /** The number of texts. */
    int size() {
        return size;
    }

    /** Puts texts behind the others of their caller. */
    void add(String caller, List<SubmittedText> texts) {
        if (!texts.isEmpty()) {
            byCaller.computeIfAbsent(caller, unknown -> new ArrayDeque<>()).addAll(texts);
            size += texts.size();
        }
    }

    /** Whose turn it is. */
    Optional<SubmittedText> first() {
        return byCaller.values().stream().findFirst().map(Deque::element);
    }

    /** Takes out the first; its caller's next text comes after those of the other callers. */
    SubmittedText remove() {
        String caller = byCaller.keySet().iterator().next();
        Deque<SubmittedText> texts = byCaller.remove(caller);
        SubmittedText first = texts.remove();
        size--;
        if (!texts.isEmpty()) {
            byCaller.put(caller, texts);
        }
        return first;
    }

    /** Takes out those for which nobody waits. */
    void removeAbandoned() {
        byCaller.values().forEach(texts -> texts.removeIf(SubmittedText::cancelled));
        byCaller.values().removeIf(Deque::isEmpty);
        size = byCaller.values().stream().mapToInt(Deque::size).sum();
    }

    /** All of them. */
    List<SubmittedText> all() {
        return byCaller.values().stream().collect(ArrayList::new, List::addAll, List::addAll);
    }
}
