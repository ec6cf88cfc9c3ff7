package io.minigpt.teacher;

/** Why a pair of a reply is refused. The names are stored and counted, so they do not change. */
public enum PairReject {
    /** Begins like a JSON object and is none. */
    NOT_JSON,
    /** Question or answer is missing or empty. */
    MISSING_FIELD,
    /** The question is too short or too long. */
    QUESTION_LENGTH,
    /** The answer is too short or too long. */
    ANSWER_LENGTH,
    /** The question has no question mark at its end, or another one inside. */
    QUESTION_MARK,
    /** Not in Chinese. */
    LANGUAGE,
    /** Asks about "this text" instead of its subject. */
    ABOUT_THE_TEXT,
    /** The question gives its answer away. */
    ANSWER_IN_QUESTION,
    /** The answer shares too little with the passage. */
    NOT_GROUNDED,
    /** The answer has a number that the passage does not have. */
    NUMBER_NOT_IN_TEXT,
    /** The answer has a name (Latin letters, or a title in 《》) that the passage does not have. */
    NAME_NOT_IN_TEXT,
    /** The same question was accepted before. */
    DUPLICATE,
    /** More than were asked for. */
    SURPLUS
}
