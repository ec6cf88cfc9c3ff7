package io.minigpt.qageneration.store;

/**
 * One document of a run.
 *
 * @param runId the run
 * @param documentId the document
 * @param documentVersion version that the run is about
 * @param sequence the document's order in its corpus
 * @param jobId the job that does it
 */
public record RunDocument(String runId, String documentId, String documentVersion, long sequence, String jobId) {}
