package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.GenerationRequest;
import io.minigpt.inference.Registry;
import io.minigpt.inference.ScriptedModels;
import io.minigpt.inference.Stage;
import io.minigpt.platform.testkit.EventProbe;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two models that say the same, {@code wall}, which answers, and {@code wall-base}, which continues; and a caller. */
abstract class ScriptedWall {

    static final String[] PIECES = {"长城", "在中国", "北方 🏯", "。"};
    static final String TEXT = String.join("", PIECES);
    private static boolean served;

    @TestHTTPResource("/")
    URI service;

    @Inject
    ScriptedModels models;

    Caller caller;

    @BeforeEach
    void serve() {
        if (!served) {
            try (EventProbe probe = new EventProbe()) {
                new Registry(probe).serve("wall", Stage.SFT, PIECES);
                new Registry(probe).serve("wall-base", Stage.PRETRAIN, PIECES);
            }
            served = true;
        }
        models.forget();
        caller = new Caller(service);
    }

    @AfterEach
    void close() {
        caller.close();
    }

    /** Whether the next request that a model has begun with is as it was to be. */
    void assertBegun(GenerationRequest.Builder wanted) {
        assertThat(models.begun().poll()).usingRecursiveComparison().isEqualTo(wanted.build());
    }
}
