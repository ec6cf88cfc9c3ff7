package io.minigpt.data.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** How fast the services of the data half and the model registry are. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Prints how fast documents are taken in, datasets frozen and versions found, as markdown tables.",
        subcommands = {ImportBench.class, DatasetBench.class, RegistryBench.class})
public final class DataBench {

    private DataBench() {}

    /** Runs the benchmarks and exits. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DataBench()).execute(arguments));
    }
}
