package io.minigpt.corpus;

/** A report with the revision of the corpus after the import. */
public record ImportResult(ImportReport report, long revision) {}
