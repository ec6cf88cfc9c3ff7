package io.minigpt.inference.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.minigpt.inference.Registry;
import io.minigpt.inference.RegistryFactsBefore;
import io.minigpt.inference.Stage;
import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.platform.testkit.Eventually;
import io.minigpt.platform.testkit.TestServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/api.md that ask a model, as they are printed there but for the address. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(RegistryFactsBefore.class)
class DocumentedLinesIT {

    private static final String ADDRESS = "http://127.0.0.1:8080";
    private static final Pattern SECTION = Pattern.compile("## Ask a model\n(.*?)\n## ", Pattern.DOTALL);
    private static final String ANSWER = "光合作用放出氧气。";
    private static boolean served;

    @TempDir
    Path folder;

    @TestHTTPResource("/")
    URI service;

    @BeforeEach
    void serve() {
        if (!served) {
            try (EventProbe probe = new EventProbe();
                    Caller caller = new Caller(service)) {
                Registry registry = new Registry(probe);
                registry.serve("samples-base", Stage.PRETRAIN, "是", "卫星。");
                registry.register("samples", 2, Stage.SFT, "不知道。");
                registry.serve("samples", Stage.SFT, "光合作用", "放出氧气。");
                Eventually.get(() -> caller.status("/v1/models/samples:2"), status -> status == 200);
            }
            served = true;
        }
    }

    @Test
    void theLinesForTheShellWork() throws Exception {
        String said = Program.run(folder, List.of("bash", "-euo", "pipefail", "-c", lines("sh")));

        assertThat(said)
                .contains(ANSWER)
                .contains("\"text\":\"卫星。\"", "data: [DONE]", "\"id\":\"samples\"")
                .contains("\"verdict\":\"memorised\"")
                .contains("\"a\":\"samples:1\"", "\"side\":\"b\"", "\"vote\":\"a\"", "\"rating\"")
                .doesNotContain("\"error\"", "\"status\":4");
    }

    @Test
    void theLinesForJavaScriptWork() throws Exception {
        assertThat(JavaScript.run(folder, lines("javascript"))).isEqualToIgnoringNewLines(ANSWER);
    }

    @Test
    void theLinesForJavaWork() throws Exception {
        Path file = Files.writeString(folder.resolve("Ask.java"), lines("java"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> Path.of(path).toAbsolutePath().toString())
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();

        String said = Program.run(
                folder, List.of(java.toString(), "-XX:TieredStopAtLevel=1", "--class-path", jars, file.toString()));

        assertThat(said).isEqualToIgnoringNewLines(ANSWER);
    }

    @Test
    void theLinesForPythonWork() throws Exception {
        if (!Program.exists("python3")) {
            String missing = "python3 is not on the PATH";
            assertThat(System.getenv("MINIGPT_REQUIRE_PYTHON")).as(missing).isNull();
            abort(missing + "; this test is skipped");
        }

        assertThat(Program.run(folder, List.of("python3", "-X", "utf8", "-c", lines("python"))))
                .isEqualToIgnoringNewLines(ANSWER);
    }

    /** What the section has in a language, asking the service of this test. */
    private String lines(String language) throws IOException {
        String section = SECTION.matcher(Files.readString(Path.of("../../docs/api.md")))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
        List<String> blocks = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(section)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(blocks).as("blocks of " + language).hasSize(1);
        assertThat(blocks.getFirst()).contains(ADDRESS);
        return blocks.getFirst().replace(ADDRESS, "http://127.0.0.1:" + service.getPort());
    }
}
