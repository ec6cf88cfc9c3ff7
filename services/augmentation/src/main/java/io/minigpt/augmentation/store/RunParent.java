package io.minigpt.augmentation.store;

/**
 * A question of a run.
 *
 * @param runId the run
 * @param parentId the question
 * @param content what it said when the run began
 * @param jobId the job that does it
 */
record RunParent(String runId, String parentId, String content, String jobId) {}
