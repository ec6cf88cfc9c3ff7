package io.minigpt.teacher.extractive;

import java.util.List;

/**
 * A sentence as the rules see it.
 *
 * @param number position in the text, counted from 0
 * @param parts its clauses as they stand, with a pronoun at the beginning replaced by what it stands for
 * @param clauses those of which the subject is known to be the text's topic
 * @param topicBefore whether the sentence before was about the topic, so that a sentence without a subject is as well
 */
record Line(int number, List<String> parts, List<Clause> clauses, boolean topicBefore) {

    boolean aboutTopic() {
        return !clauses.isEmpty();
    }
}
