package io.minigpt.worker;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Settings of a training worker. */
@ConfigMapping(prefix = "minigpt.worker")
public interface WorkerConfig {

    /** Name of this worker in events; by default its process id and host. */
    Optional<String> name();

    /** Device of runs whose configuration says {@code auto}: auto (a GPU if there is one), cpu, cuda or cuda:N. */
    @WithDefault("auto")
    String device();

    /**
     * Memory that runs can have; by default that of the machine or container, and on a GPU, whose memory is not asked
     * for, any. A run that needs more is left to other workers.
     */
    Optional<MemorySize> memory();

    /** How often a worker tells what it has and does. */
    @WithDefault("5s")
    Duration reportEvery();

    /** Threads of one native operation; 0 for one per core. */
    @WithDefault("0")
    int threads();

    /** Folder for what a run needs while it runs: a checkpoint before it is stored, links to files, answers. */
    @WithDefault("${java.io.tmpdir}/minigpt-worker")
    Path scratch();

    /** How many of the newest checkpoints of a running run are kept, beside its best one. */
    @WithDefault("2")
    int keepCheckpoints();

    /** Leases in a row that may end without a new checkpoint before a run is given up as one that kills its worker. */
    @WithDefault("10")
    int maxFruitlessLeases();

    /**
     * Operations a second that the device can do in the number format of a run's matrix products, for the model FLOP
     * utilisation; by default measured with one large product when the first run begins.
     */
    OptionalDouble peakFlops();

    /** The training records that an evaluation keeps with each answer. */
    Records records();

    /** How tokenization is asked for them. */
    interface Records {
        /** Its address. */
        @WithDefault("http://127.0.0.1:8084")
        URI address();

        /** How many are kept with an answer; 0 to ask for none. */
        @WithDefault("3")
        int most();

        /** How long it may take to answer. When it does not, the evaluation asks no more. */
        @WithDefault("5s")
        Duration patience();

        /** How long an evaluation may ask in all; the answers after that have none. */
        @WithDefault("2m")
        Duration budget();
    }

    /** Version of the code, as it stands in the lineage of what it trained. */
    @WithDefault("dev")
    String codeVersion();
}
