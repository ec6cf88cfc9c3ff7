package io.minigpt.orchestrator.http;

import io.minigpt.platform.http.CompleteDescription;
import java.util.Map;

/** What the parts of the orchestrator's description have in common. */
public class ApiDescription extends CompleteDescription {

    public ApiDescription() {
        super(
                Map.of("id", "Id of the run"),
                Map.of(
                        "id", "Id of the run",
                        "state", "Where it stands",
                        "at", "When it changed",
                        "createdAt", "When it was first heard of",
                        "startedAt", "When a worker or service began; null before",
                        "finishedAt", "When it ended; null before",
                        "worker", "Name of the worker that has or had it; null before one took it",
                        "model", "Name of the model",
                        "version", "Number of the version, from 1"));
    }
}
