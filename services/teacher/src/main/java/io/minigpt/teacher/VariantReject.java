package io.minigpt.teacher;

/** Why a reworded question is refused. The names are stored and counted, so they do not change. */
public enum VariantReject {
    /** Nothing in it. */
    EMPTY,
    /** Does not end in its only question mark. */
    QUESTION_MARK,
    /** The original again. */
    UNCHANGED,
    /** Equal to another variant. */
    DUPLICATE,
    /** More code points changed than allowed. */
    TOO_FAR,
    /** A number of the original is missing or another one came in. */
    NUMBER_LOST,
    /** A name of the original (Latin letters, or in 《》 or quotes) is missing or another one came in. */
    NAME_LOST,
    /** The original answer again. */
    ANSWER_UNCHANGED,
    /** More code points of the answer changed than allowed. */
    ANSWER_TOO_FAR,
    /** More than were asked for. */
    SURPLUS
}
