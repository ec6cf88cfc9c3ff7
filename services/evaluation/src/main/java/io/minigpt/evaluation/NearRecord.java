package io.minigpt.evaluation;

/**
 * A training record that resembles a question and the model's answer.
 *
 * @param id of the record
 * @param similarity from 0 to 1: how much of their trigrams it has
 * @param label what a model that learned its dataset version knows of it: trained, unseen, ...
 * @param question its question
 * @param answer its answer
 */
public record NearRecord(String id, double similarity, String label, String question, String answer) {}
