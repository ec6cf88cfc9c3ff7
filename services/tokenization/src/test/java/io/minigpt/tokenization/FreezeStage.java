package io.minigpt.tokenization;

import io.minigpt.platform.testkit.EventProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A corpus of its own for a test, its facts, and who has them frozen. */
abstract class FreezeStage {

    final EventProbe probe = new EventProbe();
    String corpus;
    Facts facts;
    Freezing freezing;

    @BeforeEach
    void corpusOfItsOwn(TestInfo test) {
        corpus = test.getTestMethod().orElseThrow().getName().toLowerCase();
        facts = new Facts(probe, corpus);
        freezing = new Freezing(probe, corpus, facts);
    }

    @AfterEach
    void close() {
        probe.close();
    }
}
