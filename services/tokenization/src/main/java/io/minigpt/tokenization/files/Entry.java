package io.minigpt.tokenization.files;

import io.minigpt.tokenization.PlannedRecord;
import io.minigpt.tokenization.RecordContent;

/** A record at its place in a version with what it says. */
public record Entry(PlannedRecord record, RecordContent content) {}
