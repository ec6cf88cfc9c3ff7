package io.minigpt.local.demo;

/**
 * Losses at one training step, in nats per token.
 *
 * @param step counted from 0
 * @param trainLoss mean over the batch
 * @param validationLoss mean over the validation batches, or {@code null} where none was measured
 */
record TrainingMetric(long step, double trainLoss, Double validationLoss) {}
