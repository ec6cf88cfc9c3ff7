package io.minigpt.augmentation.kafka;

import io.minigpt.platform.events.RefusedEventException;

/** What every fact must have to be kept. */
final class Facts {

    private Facts() {}

    static void require(String id, String corpus, boolean position) {
        if (id.isEmpty() || corpus.isEmpty() || !position) {
            throw new RefusedEventException("id, corpus or position is missing");
        }
    }

    static void require(String id, String corpus, String question, boolean position) {
        require(id, corpus, position);
        if (question.isBlank()) {
            throw new RefusedEventException("'" + id + "' has no question");
        }
    }
}
