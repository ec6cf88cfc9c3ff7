package io.minigpt.teacher.extractive;

import java.util.stream.Stream;

/** Proposes pairs for a sentence. */
interface Rule {

    Stream<Draft> drafts(Line line, Topic topic);
}
