package io.minigpt.inference;

import io.minigpt.gpt.configuration.WeightType;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of inference. */
@ConfigMapping(prefix = "minigpt.inference")
public interface InferenceConfig {

    /** Name of this replica in its events; different in every start. */
    String replica();

    /** Aliases whose versions are kept loaded. A model named without alias means the first of these that it has. */
    @WithDefault("champion")
    List<String> aliases();

    /** How many versions may be loaded beside those, on demand; the least recently used leaves. */
    @WithDefault("2")
    int extraModels();

    /**
     * The most memory that the weights of loaded versions take together; what was used least recently leaves for what is
     * wanted now, and is loaded again when it is asked for. Without it there is no limit but {@code extra-models}.
     */
    Optional<MemorySize> memory();

    /** Part of the traffic that goes to another version. */
    Canary canary();

    /** A challenger of the version that the first of {@code aliases} means. */
    interface Canary {
        /** Alias of the challenger, which must be one of {@code aliases} to be kept loaded. */
        @WithDefault("challenger")
        String alias();

        /** Share of the requests, by name or the first alias, that it answers while it is loaded: 0 to 1. */
        @WithDefault("0")
        double share();
    }

    /** How long a request waits for a version that is being loaded. */
    @WithDefault("20s")
    Duration loadWait();

    /** How long after a failed load the same version is tried again. */
    @WithDefault("30s")
    Duration retryLoad();

    /** Texts that may wait for room in one model's batch; more are refused until there is room. */
    @WithDefault("64")
    int queue();

    /** The most texts that one model continues at the same time; they share its steps. */
    @WithDefault("32")
    int concurrency();

    /** The most tokens that their caches have room for, together; one text alone may have more. */
    @WithDefault("16384")
    long cachedTokens();

    /** The most prompt tokens that are read between two tokens of the texts that are being continued. */
    @WithDefault("32")
    int promptTokens();

    /** How long a request may take from its arrival to its last token. */
    @WithDefault("60s")
    Duration deadline();

    /** How long after the deadline a caller may still read its answer; then its connection is closed. */
    @WithDefault("30s")
    Duration reading();

    /** How long running generations may go on after the service was told to stop. */
    @WithDefault("10s")
    Duration drain();

    /** The most tokens a request may ask for. */
    @WithDefault("4096")
    int maxTokens();

    /** The most texts of one request: prompts times {@code n}; never more than may wait. */
    @WithDefault("16")
    int maxTexts();

    /** The longest prompt, in characters. */
    @WithDefault("200000")
    int maxPromptCharacters();

    /** Device of the models: auto, cpu, cuda or cuda:N. */
    @WithDefault("auto")
    String device();

    /** Number format of the models' matrices: auto (f16, on a GPU bf16), f32, f16, bf16 or int8. */
    @WithDefault("auto")
    WeightType weights();

    /** The same for single models, by name. */
    Map<String, WeightType> weightsOf();

    /** Threads of one native operation; all cores if not set. */
    OptionalInt threads();

    /** Who may ask, by a name of their own. If there are none, everybody may, and callers take turns by address. */
    Map<String, Key> keys();

    /** A key with which callers may ask, and its limits, each of which counts on every replica for itself. */
    interface Key {
        /** The key itself, at least 16 characters. */
        Optional<String> secret();

        /** Or the file that holds it, such as a mounted secret. */
        Optional<Path> secretFile();

        /** The most requests in a minute, those that only look (GET) not counted; no limit if not set. */
        OptionalInt requestsPerMinute();

        /** The most tokens in a minute, of prompts and of texts; no limit if not set. */
        OptionalInt tokensPerMinute();

        /** The most texts at the same time, waiting ones among them; no limit if not set. */
        OptionalInt texts();
    }

    /** What is kept of answers. */
    Traces traces();

    /** What is kept of answers, to say later where they came from. */
    interface Traces {
        /** Whether answers are kept, with what was asked. */
        @WithDefault("true")
        boolean enabled();

        /** For how long. */
        @WithDefault("30d")
        Duration lifetime();

        /** Address of tokenization, which has the training records. */
        @WithDefault("http://127.0.0.1:8084")
        URI records();

        /** How long it may take to answer. */
        @WithDefault("10s")
        Duration patience();
    }

    /** What a request that does not say gets. */
    Defaults defaults();

    /** Values of parameters that a request leaves out. */
    interface Defaults {
        /** Sampling temperature; 0 takes the likeliest token. */
        @WithDefault("0.01")
        double temperature();

        /** Sample among this many likeliest tokens; 0 for all. */
        @WithDefault("200")
        int topK();

        /** Sample among the likeliest tokens that together have this probability. */
        @WithDefault("1.0")
        double topP();

        /** The most new tokens. */
        @WithDefault("256")
        int maxTokens();

        /** Seed of the random stream. */
        @WithDefault("1234")
        long seed();

        /** What counts as a text that repeats itself, and ends: safe, seed or off. */
        @WithDefault("safe")
        Repetition repetition();
    }
}
