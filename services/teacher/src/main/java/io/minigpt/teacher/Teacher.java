package io.minigpt.teacher;

/**
 * Something that writes question-answer pairs about a text, and other wordings of a question: a language model behind
 * an HTTP endpoint, or a rule-based stand-in.
 *
 * <p>A teacher only asks and hands back the raw reply; {@link PairParser}, {@link PairCheck}, {@link VariantParser} and
 * {@link VariantCheck} read it. Implementations are safe for use by many threads at once.
 */
public interface Teacher {

    /** The name it has in the configuration and in the ledger of calls, for instance {@code ollama}. */
    String name();

    /**
     * What identifies its replies: kind, model and every setting that changes them. Never contains a secret. Two
     * teachers with the same version are interchangeable.
     */
    String version();

    /** How many results a reply to this request has when all went well. */
    Promise promise(TeacherRequest request);

    /**
     * Makes one call (a decorator may make several) and returns the reply as it came.
     *
     * @throws RetryableTeacherException when the same request may work later
     * @throws FatalTeacherException when it will not before someone changes the configuration
     * @throws InterruptedException when the calling thread is interrupted; the call is abandoned
     */
    TeacherReply ask(TeacherRequest request) throws InterruptedException;
}
