package io.minigpt.inference.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A fixed number of streams, measured several times, each time between two measurements of the bare engine. */
final class FixedLoad {

    static final String HEADER = "| streams | tokens/s | of the bare engine | to the first piece, ms: 50 %, 99 % |"
            + " between tokens, ms: 50 %, 99 % | 99 % in medians |\n|---|---|---|---|---|---|";

    /** Texts of each stream in a measurement, at least. */
    private static final int ROUNDS = 2;
    /** Texts of all streams in a measurement, at least. */
    private static final int TEXTS = 8;

    private final int streams;
    private final int rounds;
    private final List<Double> shares = new ArrayList<>();
    private final List<Load> loads = new ArrayList<>();

    FixedLoad(int streams) {
        this.streams = streams;
        this.rounds = Math.max(ROUNDS, TEXTS / streams);
    }

    void measure(Streams client, BareEngine engine) throws IOException, InterruptedException {
        double before = engine.tokensPerSecond(streams, rounds);
        Load load = client.atATime(streams, rounds);
        double after = engine.tokensPerSecond(streams, rounds);
        loads.add(load);
        shares.add(load.tokensPerSecond() / ((before + after) / 2));
    }

    /** The median of the measurements. */
    double tokensPerSecond() {
        return median().tokensPerSecond();
    }

    /** Its row of the table under {@link #HEADER}: the median of the measurements. */
    String row() {
        Load median = median();
        return String.format(
                Locale.ROOT,
                "| %d | %.0f | %.0f %% | %s | %s | %.1f |",
                streams,
                median.tokensPerSecond(),
                100 * shares.stream().sorted().toList().get(shares.size() / 2),
                median.toFirst(),
                median.between(),
                median.spread());
    }

    private Load median() {
        return loads.stream()
                .sorted(Comparator.comparingDouble(Load::tokensPerSecond))
                .toList()
                .get(loads.size() / 2);
    }
}
