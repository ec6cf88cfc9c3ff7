package io.minigpt.tokenization;

import java.time.Instant;

/**
 * A dataset in a list.
 *
 * @param name its name
 * @param kind what it is for: pretraining or sft
 * @param corpus corpus of its newest version
 * @param versions how many versions it has
 * @param latest number of the newest
 * @param sealedAt when that was sealed
 */
public record DatasetSummary(String name, String kind, String corpus, int versions, int latest, Instant sealedAt) {}
