package io.minigpt.platform.testkit;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java client that openapi-generator makes from the description of a service's interface, and that is compiled. The
 * build of the service puts the generator to {@code target/openapi-generator.jar}; it runs in a process of its own, for
 * it brings its libraries with it.
 */
public final class GeneratedClient {

    private static final Path GENERATOR = Path.of("target/openapi-generator.jar");
    private static final long LIMIT_SECONDS = 120;
    private static final String PACKAGE = "client";

    private final Path sources;

    private GeneratedClient(Path sources) {
        this.sources = sources;
    }

    /**
     * Generates and compiles a client.
     *
     * @param description the description, as JSON
     * @param folder where all of it goes
     * @throws AssertionError with what the generator or the compiler does not like
     */
    public static GeneratedClient of(String description, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path input = Files.writeString(folder.resolve("openapi.json"), description);
        Path sources = folder.resolve("generated");
        generate(input, sources, folder.resolve("generator.log"));
        GeneratedClient client = new GeneratedClient(sources.resolve("src/main/java"));
        client.compile(folder.resolve("classes"));
        return client;
    }

    /**
     * Whether a source has a method.
     *
     * @param method its name, with its type before it where that matters
     */
    public boolean has(String method) {
        String call = " " + method + "(";
        return javaFiles().stream().anyMatch(file -> text(file).contains(call));
    }

    private static void generate(Path input, Path sources, Path log) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        List<String> settings = List.of(
                "library=native",
                "useJakartaEe=true",
                "openApiNullable=false",
                "hideGenerationTimestamp=true",
                "apiPackage=" + PACKAGE,
                "modelPackage=" + PACKAGE,
                "invokerPackage=" + PACKAGE);
        Process process = new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        GENERATOR.toAbsolutePath().toString(),
                        "generate",
                        "--generator-name",
                        "java",
                        "--input-spec",
                        input.toString(),
                        "--output",
                        sources.toString(),
                        "--global-property",
                        "models,modelDocs=false,modelTests=false,apis,apiDocs=false,apiTests=false,supportingFiles",
                        "--additional-properties",
                        String.join(",", settings))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the generator has not ended after " + LIMIT_SECONDS + " s; see " + log);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("the generator refuses the description:\n" + Files.readString(log));
        }
    }

    private void compile(Path classes) throws IOException {
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            said, files, problems, options, null, files.getJavaFileObjectsFromPaths(javaFiles()))
                    .call();
            if (!compiled) {
                throw new AssertionError("the generated client does not compile:\n" + said
                        + String.join(
                                "\n",
                                problems.getDiagnostics().stream()
                                        .map(Object::toString)
                                        .toList()));
            }
        }
    }

    private List<Path> javaFiles() {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
