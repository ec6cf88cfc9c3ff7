package io.minigpt.evaluation;

/** 1 if nothing but white space was generated before the end token, else 0. */
public final class EmptyAnswer implements TextMetric {

    @Override
    public String name() {
        return "empty_answer";
    }

    @Override
    public double score(String text) {
        return Characters.of(text).length == 0 ? 1 : 0;
    }
}
