package io.minigpt.tokenization;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.FreezeFinished;
import io.minigpt.proto.dataset.v1.FreezeRequested;
import io.minigpt.proto.dataset.v1.Selection;
import java.util.UUID;

/** Whoever has datasets frozen, in tests: of one corpus, each under the corpus's name. */
final class Freezing {

    private final EventProbe probe;
    private final String corpus;
    private final Facts facts;

    Freezing(EventProbe probe, String corpus, Facts facts) {
        this.probe = probe;
        this.corpus = corpus;
        this.facts = facts;
    }

    DatasetVersion pairs() {
        return pairs(Selection.getDefaultInstance());
    }

    DatasetVersion pairs(Selection selection) {
        return freeze(corpus, DatasetKind.DATASET_KIND_SFT, selection);
    }

    DatasetVersion texts() {
        return freeze(corpus + "-texts", DatasetKind.DATASET_KIND_PRETRAINING, Selection.getDefaultInstance());
    }

    private DatasetVersion freeze(String name, DatasetKind kind, Selection selection) {
        String run = UUID.randomUUID().toString();
        probe.publish(
                run,
                FreezeRequested.newBuilder()
                        .setRunId(run)
                        .setName(name)
                        .setKind(kind)
                        .setCorpus(corpus)
                        .setSelection(selection)
                        .addAllInputs(facts.inputs())
                        .build());
        FreezeFinished finished = probe.await(
                        FreezeFinished.class, event -> event.getRunId().equals(run))
                .data();
        assertThat(finished.getReason()).isEmpty();
        return finished.getVersion();
    }
}
