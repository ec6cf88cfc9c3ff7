package io.minigpt.teacher.run;

/**
 * A subject that a teacher was asked about.
 *
 * @param <C> what a subject says
 * @param <F> what the replies about a subject hold
 * @param content what it says
 */
public record Answered<C, F>(RunSubject subject, C content, F findings) {}
