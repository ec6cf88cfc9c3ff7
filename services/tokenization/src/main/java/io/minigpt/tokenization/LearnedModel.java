package io.minigpt.tokenization;

/**
 * A registered version of a model that learned a record or something made from it.
 *
 * @param model name of the model
 * @param version number of the version
 * @param dataset dataset that it was trained on
 * @param datasetVersion version of that dataset
 * @param direct whether that dataset holds it; otherwise a model that this one was trained from has learned it
 */
public record LearnedModel(String model, int version, String dataset, int datasetVersion, boolean direct) {}
