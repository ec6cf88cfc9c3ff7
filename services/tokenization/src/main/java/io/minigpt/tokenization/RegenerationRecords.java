package io.minigpt.tokenization;

import io.minigpt.proto.dataset.v1.TeacherEstimate;
import io.minigpt.proto.dataset.v1.TouchedModel;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationConfigured;
import java.util.List;
import java.util.Optional;

/** What a regeneration is planned from, at one moment. */
public interface RegenerationRecords {

    /** What earlier runs of teachers were about. */
    enum Subject {
        DOCUMENT,
        QUESTION
    }

    /**
     * Generated pairs that a regeneration replaces or that go with their documents.
     *
     * @param retractedDocuments documents that were chosen and are retracted
     * @param pairs the pairs
     * @param oldest lowest number of such a pair in its stream; 0 where it is not known, as a pair that is already
     *     retracted no longer says when it was made
     */
    record TouchedPairs(long retractedDocuments, long pairs, long oldest) {}

    /** Newest version of a dataset. */
    Optional<SealedVersion> newest(String dataset);

    /** What question generation asks with. */
    Optional<GenerationConfigured> setup();

    /** Those of the ids that are no document of the corpus. */
    List<String> unknown(String corpus, List<String> documentIds);

    /** Active documents without pairs of their present text, this prompt and this teacher, in corpus order. */
    List<String> unanswered(String corpus, DocumentChoice choice, String promptVersion, String teacherLabel);

    /**
     * The pairs of documents that are asked about or retracted.
     *
     * @param gone which documents count if they are retracted
     * @param since number in the stream of pairs after which retracted ones count
     */
    TouchedPairs touched(String corpus, DocumentChoice gone, List<String> asked, long since);

    /** Active curated questions without variants. @param teacher name of their teacher; empty for any */
    long questionsWithoutVariants(String corpus, String teacher);

    /** What has arrived of a stream without gaps. */
    StreamRevision received(String stream);

    /** Versions of a dataset whose input of this stream reaches the number, ascending. */
    List<Integer> versionsReaching(String dataset, StreamRevision least);

    /** Registered models that were trained on these versions. */
    List<TouchedModel> trainedOn(String dataset, List<Integer> versions);

    /** What the last runs of a teacher took together. @param teacherLabel empty for the one asked last */
    Optional<TeacherEstimate> taken(Subject subject, String teacherLabel);
}
