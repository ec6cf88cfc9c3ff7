package io.minigpt.deploy;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders manifests with the program that people use for it: {@code kustomize}, or the one inside {@code kubectl}. */
final class Kustomize {
    private static final String REQUIRED = "MINIGPT_REQUIRE_KUSTOMIZE";
    private static final Optional<List<String>> PROGRAM = Stream.of(
                    List.of("kustomize", "build"), List.of("kubectl", "kustomize"))
            .filter(Kustomize::works)
            .findFirst();

    private record Result(int status, String output) {}

    private Kustomize() {}

    /** What {@code folder} renders to. Without a program that renders, the test is skipped, and says why. */
    static String render(Path folder) {
        if (PROGRAM.isEmpty()) {
            String missing =
                    "The manifests cannot be rendered: no kustomize (4.5 or newer) and no kubectl (1.25 or newer)"
                            + " is on the PATH";
            if (System.getenv(REQUIRED) != null) {
                throw new AssertionError(missing);
            }
            abort(missing + "; this test is skipped");
        }
        Result result = run(PROGRAM.orElseThrow(), folder, Redirect.INHERIT);
        if (result.status() != 0) {
            throw new AssertionError(folder + " cannot be rendered");
        }
        return result.output();
    }

    /** Old versions do not know components, or labels without selectors. */
    private static boolean works(List<String> program) {
        try {
            Path folder = Files.createTempDirectory("kustomize-");
            Path component = Files.createDirectory(folder.resolve("component"));
            Files.writeString(component.resolve("kustomization.yaml"), """
                    apiVersion: kustomize.config.k8s.io/v1alpha1
                    kind: Component
                    labels: [{pairs: {a: b}}]
                    """);
            Files.writeString(folder.resolve("kustomization.yaml"), "components: [component]\n");
            return run(program, folder, Redirect.DISCARD).status() == 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Result run(List<String> program, Path folder, Redirect errors) {
        List<String> command = new ArrayList<>(program);
        command.add(folder.toString());
        try {
            Process process = new ProcessBuilder(command).redirectError(errors).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException notInstalled) {
            return new Result(-1, "");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
