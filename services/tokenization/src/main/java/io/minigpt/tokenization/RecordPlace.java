package io.minigpt.tokenization;

/**
 * Where a record stands in a dataset version.
 *
 * @param recordId the record
 * @param dataset name of the dataset
 * @param version number of the version
 * @param split train, validation or report
 * @param label what a model that learned the version knows of it
 * @param number its number in the split's index, from 0
 * @param firstToken its first token in the split's token file; 0 in the split without one
 * @param tokens how many tokens it has
 * @param promptTokens how many of them are the prompt; 0 for a document
 */
public record RecordPlace(
        String recordId,
        String dataset,
        int version,
        String split,
        String label,
        long number,
        long firstToken,
        int tokens,
        int promptTokens) {}
