package io.minigpt.tokenization.files;

import java.io.IOException;

/** Takes the entries of one split in their order. */
sealed interface SplitWriter permits TokenFileWriter, UntokenizedSplit {

    WrittenEntry append(EncodedEntry entry) throws IOException;
}
