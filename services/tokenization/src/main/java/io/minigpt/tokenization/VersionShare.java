package io.minigpt.tokenization;

/**
 * How much of a dataset version a record and what was made from it are.
 *
 * @param dataset name of the dataset
 * @param version number of the version
 * @param identity identity of the version
 * @param records how many of them it contains
 * @param trained how many of these are in its training split
 */
public record VersionShare(String dataset, int version, String identity, long records, long trained) {}
