package io.minigpt.teacher;

/** One thing to ask a teacher for. */
public sealed interface TeacherRequest permits QuestionsRequest, VariantsRequest {

    /** The text that is asked about. */
    String subject();

    /** How many results are wanted; when only some of an earlier reply were good, how many are missing. */
    int wanted();

    /** Version of the prompt template to ask with, see {@link PromptTemplate#version()}. */
    String promptVersion();

    /** 1 for the first time that this is asked, 2 when the reply to the first was not good enough, and so on. */
    int attempt();

    /**
     * What to do better than last time, in the prompt's language; empty on the first attempt. See {@link RetryHint}.
     */
    String hint();
}
