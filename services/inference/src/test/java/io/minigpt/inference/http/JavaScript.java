package io.minigpt.inference.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs scripts with Node.js and OpenAI's client, both of which the build has fetched at pinned versions. */
final class JavaScript {

    private static final Path NODE = Path.of("target/node/package/bin/node").toAbsolutePath();
    private static final Path CLIENT = Path.of("target/openai/package").toAbsolutePath();

    private JavaScript() {}

    /**
     * Runs a script that may import {@code openai}.
     *
     * @param folder an empty one to run it in
     * @return what it wrote
     */
    static String run(Path folder, String script, String... arguments) throws IOException, InterruptedException {
        if (!Files.isExecutable(NODE) || !Files.isDirectory(CLIENT)) {
            throw new IllegalStateException(NODE + " and " + CLIENT + " are not there; the phase pre-integration-test"
                    + " of Maven fetches them: run the test with 'mvn verify'");
        }
        Path file = Files.writeString(folder.resolve("script.mjs"), script);
        Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("node_modules")).resolve("openai"), CLIENT);
        List<String> command = new ArrayList<>(List.of(NODE.toString(), file.toString()));
        command.addAll(List.of(arguments));
        return Program.run(folder, command);
    }
}
