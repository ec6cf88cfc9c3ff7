package io.minigpt.gpt.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The benchmarks of a llama.cpp build, on the same cores. */
final class LlamaCpp {
    private final Path programs;

    /**
     * @param build its build folder, or the one with its programs
     * @throws IllegalArgumentException if there is no llama-bench in it
     */
    LlamaCpp(Path build) {
        programs = Stream.of(build, build.resolve("bin"))
                .filter(folder -> Files.isExecutable(folder.resolve("llama-bench")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no llama-bench in " + build + " or its bin"));
    }

    /** Tokens a second of one stream of {@code tokens} tokens. */
    double decode(Path model, int tokens) throws IOException {
        return bench(model, 0, tokens);
    }

    /** Tokens a second of a prompt. */
    double prefill(Path model, int tokens) throws IOException {
        return bench(model, tokens, 0);
    }

    /** Tokens a second of all streams together. */
    double decode(Path model, int streams, int tokens) throws IOException {
        List<String> lines = run(
                "llama-batched-bench",
                List.of(
                        "-m", model.toString(),
                        "-t", String.valueOf(Machine.cores()),
                        "-c", "2048",
                        "-npp", "1",
                        "-ntg", String.valueOf(tokens),
                        "-npl", String.valueOf(streams),
                        "--output-format", "jsonl"));
        String last = lines.stream()
                .filter(line -> line.startsWith("{"))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new IOException("llama-batched-bench printed no result"));
        return new JsonMapper().readTree(last).get("speed_tg").asDouble();
    }

    private double bench(Path model, int prompt, int generated) throws IOException {
        List<String> lines = run(
                "llama-bench",
                List.of(
                        "-m", model.toString(),
                        "-t", String.valueOf(Machine.cores()),
                        "-p", String.valueOf(prompt),
                        "-n", String.valueOf(generated),
                        "-r", "1",
                        "-o", "json"));
        JsonNode results = new JsonMapper().readTree(String.join("\n", lines));
        return results.get(0).get("avg_ts").asDouble();
    }

    private List<String> run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(programs.resolve(program).toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + status);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", e);
        }
        return lines;
    }
}
