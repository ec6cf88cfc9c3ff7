package io.minigpt.tokenization;

/**
 * A record of an evaluation set with what a model knows of it.
 *
 * @param id record id
 * @param label trained, variant-of-trained, same-document, read-in-pretraining or unseen
 */
public record LabelledRecord(String id, Label label) {}
