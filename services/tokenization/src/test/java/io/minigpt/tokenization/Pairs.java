package io.minigpt.tokenization;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Candidates for tests: families and documents with their pairs, every question different. */
final class Pairs {

    private final List<PairCandidate> all = new ArrayList<>();

    Pairs curatedFamilies(int count, int variants) {
        for (int family = 1; family <= count; family++) {
            String id = "curated-" + family;
            all.add(new PairCandidate(id, RecordKind.CURATED, null, id, null, family, 0, 0, id, null, 0));
            for (int i = 0; i < variants; i++) {
                String variant = id + "-variant-" + i;
                all.add(new PairCandidate(variant, RecordKind.VARIANT, id, id, null, family, 0, i, variant, null, 0));
            }
        }
        return this;
    }

    Pairs documents(int count, int pairs) {
        for (int document = 1; document <= count; document++) {
            document(document, pairs);
        }
        return this;
    }

    Pairs document(int sequence, int pairs) {
        for (int i = 0; i < pairs; i++) {
            all.add(generated(sequence, i, "question-" + sequence + "-" + i));
        }
        return this;
    }

    Pairs variantOf(PairCandidate parent, String question) {
        all.add(new PairCandidate(
                parent.id() + "-variant",
                RecordKind.VARIANT,
                parent.id(),
                parent.documentId(),
                parent.documentId(),
                parent.sequence(),
                parent.ordinal(),
                0,
                question,
                null,
                0));
        return this;
    }

    Pairs add(PairCandidate pair) {
        all.add(pair);
        return this;
    }

    static PairCandidate generated(int sequence, int ordinal, String question) {
        String document = "document-" + sequence;
        return new PairCandidate(
                document + "-pair-" + ordinal,
                RecordKind.GENERATED,
                document,
                document,
                document,
                sequence,
                0,
                ordinal,
                question,
                "prompt-1",
                1);
    }

    List<PairCandidate> list() {
        return List.copyOf(all);
    }

    List<PairCandidate> shuffled(long seed) {
        List<PairCandidate> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }
}
