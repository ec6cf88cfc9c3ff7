package io.minigpt.inference;

/**
 * The dataset version that a model version learned, as the registry tells.
 *
 * @param dataset name of the dataset
 * @param version its version
 */
public record TrainingData(String dataset, int version) {}
