package io.minigpt.console;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which service answers which path. */
@ApplicationScoped
public class RoutingTable {

    private final List<Upstream> upstreams;
    private final Map<String, Upstream> byPrefix = new LinkedHashMap<>();

    public RoutingTable(ConsoleConfig config) {
        ConsoleConfig.Routes routes = config.routes();
        Upstream corpus = new Upstream("corpus", routes.corpus());
        Upstream generation = new Upstream("qa-generation", routes.qaGeneration());
        Upstream augmentation = new Upstream("augmentation", routes.augmentation());
        Upstream tokenization = new Upstream("tokenization", routes.tokenization());
        Upstream orchestrator = new Upstream("training-orchestrator", routes.trainingOrchestrator());
        Upstream worker = new Upstream("training-worker", routes.trainingWorker());
        Upstream registry = new Upstream("model-registry", routes.modelRegistry());
        Upstream inference = new Upstream("inference", routes.inference());
        upstreams = List.of(corpus, generation, augmentation, tokenization, orchestrator, worker, registry, inference);
        route(corpus, "/api/corpora", "/api/imports", "/api/corrections");
        route(generation, "/api/generation");
        route(augmentation, "/api/augmentation");
        route(tokenization, "/api/datasets");
        route(orchestrator, "/api/pipelines", "/api/training-runs", "/api/evaluations");
        route(registry, "/api/models");
        route(inference, "/v1", "/api/arena", "/api/flags", "/api/traces");
    }

    /**
     * The service that answers a path: the one whose prefix the path is or continues with a slash.
     *
     * @param path path of a request, without dot segments
     */
    public Optional<Upstream> upstream(String path) {
        return byPrefix.entrySet().stream()
                .filter(route -> path.equals(route.getKey()) || path.startsWith(route.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Every service, in the order in which data flows through them. */
    public List<Upstream> upstreams() {
        return upstreams;
    }

    /** Every prefix that leads to a service. */
    public List<String> prefixes() {
        return List.copyOf(byPrefix.keySet());
    }

    private void route(Upstream upstream, String... prefixes) {
        for (String prefix : prefixes) {
            byPrefix.put(prefix, upstream);
        }
    }
}
