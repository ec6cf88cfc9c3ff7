package io.minigpt.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Settings of the console. */
@ConfigMapping(prefix = "minigpt.console")
public interface ConsoleConfig {

    /** Where the services are. */
    Routes routes();

    /**
     * Host names, without port, under which the console may be called beside {@code localhost} and the loopback
     * addresses. A request for any other name is refused, so that no foreign page can reach it by renaming itself.
     */
    Optional<Set<String>> hosts();

    /** Connections to each service that may be open at a time; further requests wait for one. */
    @WithDefault("256")
    int connections();

    /** How long connecting to a service may take. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** How long a service may take to say how it is. */
    @WithDefault("1s")
    Duration statusTimeout();

    /** Base addresses of the services. */
    interface Routes {
        /** Documents and curated questions. */
        @WithDefault("http://127.0.0.1:8081")
        URI corpus();

        /** Generated questions. */
        @WithDefault("http://127.0.0.1:8082")
        URI qaGeneration();

        /** Question variants. */
        @WithDefault("http://127.0.0.1:8083")
        URI augmentation();

        /** Dataset versions. */
        @WithDefault("http://127.0.0.1:8084")
        URI tokenization();

        /** Pipelines, training runs and evaluations. */
        @WithDefault("http://127.0.0.1:8085")
        URI trainingOrchestrator();

        /** The trainer; asked for its health only. */
        @WithDefault("http://127.0.0.1:8086")
        URI trainingWorker();

        /** Models, versions and aliases. */
        @WithDefault("http://127.0.0.1:8087")
        URI modelRegistry();

        /** Loaded models. */
        @WithDefault("http://127.0.0.1:8088")
        URI inference();
    }
}
