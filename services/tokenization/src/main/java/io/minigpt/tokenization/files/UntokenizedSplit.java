package io.minigpt.tokenization.files;

/** A split that has no token file: its entries are only numbered. */
final class UntokenizedSplit implements SplitWriter {

    private long entries;

    @Override
    public WrittenEntry append(EncodedEntry entry) {
        return new WrittenEntry(entry.record(), entries++, 0, entry.tokenCount(), entry.promptTokens(), entry.sha256());
    }
}
