package io.minigpt.corpus.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a corpus is made of.
 *
 * @param documents active documents
 * @param questions active curated questions
 * @param retracted documents and questions taken back
 * @param statistics more of it
 */
public record CorpusContent(long documents, long questions, long retracted, Statistics statistics) {

    /**
     * More about the active documents, and what was kept out.
     *
     * @param characters of all of them, in Unicode code points
     * @param tokens GPT-2's, of those whose tokens are counted
     * @param uncounted documents whose tokens are not counted yet
     * @param lengths how long they are
     * @param sameContent documents and questions withheld because an active one has the same content
     * @param nearlySameContent documents withheld because an active one has nearly the same content
     * @param rejected lines that imports refused, by reason
     * @param countedAt when all this was counted
     */
    public record Statistics(
            long characters,
            long tokens,
            long uncounted,
            List<Bar> lengths,
            long sameContent,
            long nearlySameContent,
            Map<String, Long> rejected,
            Instant countedAt) {}

    /** Documents of at least so many characters that are not in the next bar. */
    public record Bar(long from, long documents) {}

    /** Documents and questions withheld because an active one has the same or nearly the same content. */
    public long duplicates() {
        return statistics.sameContent() + statistics.nearlySameContent();
    }
}
