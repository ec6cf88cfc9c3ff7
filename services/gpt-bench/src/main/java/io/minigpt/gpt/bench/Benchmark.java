package io.minigpt.gpt.bench;

import java.io.IOException;
import java.util.function.Consumer;

/** Some rows of the table. */
interface Benchmark {
    /** What BENCH picks it by. */
    String name();

    /** Measures and hands over each row as soon as it is there. */
    void run(Consumer<Row> table) throws IOException;
}
