package io.minigpt.corpus;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import com.dynatrace.hash4j.similarity.ElementHashProvider;
import com.dynatrace.hash4j.similarity.SimilarityHashPolicy;
import com.dynatrace.hash4j.similarity.SimilarityHashing;
import com.dynatrace.hash4j.similarity.SuperMinHashVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * What texts that are nearly the same have in common: {@value #COUNT} bands of {@value #ROWS} min-hashes of the text's
 * shingles each. Two texts with the similarity s share a band with the probability 1 - (1 - s^4)^12: 0.96 for 0.7, 0.998
 * for 0.8, 0.22 for 0.4. Sources: Broder 1997 (min-wise hashing), Ertl 2017 (SuperMinHash), Leskovec et al., Mining of
 * Massive Datasets, chapter 3 (banding).
 *
 * <p>The bands are stored, so nothing of this may change.
 */
public final class Bands {

    /** Bands of a text. */
    public static final int COUNT = 12;

    private static final int ROWS = 4;
    private static final int BITS = 32;
    private static final SimilarityHashPolicy MIN_HASH =
            SimilarityHashing.superMinHash(COUNT * ROWS, BITS, SuperMinHashVersion.V1);

    private Bands() {}

    /** The bands of a text of a corpus, as hashes; none if it has no shingle. */
    public static List<Long> of(CorpusName corpus, long[] shingles) {
        if (shingles.length == 0) {
            return List.of();
        }
        byte[] signature = MIN_HASH.createHasher().compute(ElementHashProvider.ofValues(shingles));
        List<Long> bands = new ArrayList<>(COUNT);
        for (int band = 0; band < COUNT; band++) {
            HashStream64 hash =
                    Hashing.komihash5_0().hashStream().putString(corpus.value()).putInt(band);
            for (int row = 0; row < ROWS; row++) {
                hash.putLong(MIN_HASH.getComponent(signature, band * ROWS + row));
            }
            bands.add(hash.getAsLong());
        }
        return bands;
    }
}
