package io.minigpt.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** An overlay with some components, as somebody may apply it. */
public record Combination(String overlay, List<String> components) {
    public static final Combination LAPTOP = new Combination("laptop", List.of());
    static final Combination CLUSTER = new Combination("cluster", List.of());

    private static final Path FOLDER = Repository.file("deploy/kubernetes");
    // the laptop has a Kafka of its own
    private static final Map<String, List<String>> COMPONENTS =
            Map.of("laptop", List.of("gpu", "gpu-inference"), "cluster", List.of("gpu", "gpu-inference", "strimzi"));
    private static final Map<Combination, Manifests> RENDERED = new ConcurrentHashMap<>();

    public Combination {
        components = List.copyOf(components);
    }

    /** Every overlay with every set of components that fits it. */
    public static Stream<Combination> all() {
        return COMPONENTS.entrySet().stream()
                .flatMap(entry -> subsets(entry.getValue()).map(set -> new Combination(entry.getKey(), set)));
    }

    /** Folders of overlays, or of components, that exist. */
    static List<String> folders(String kind) {
        try (Stream<Path> folders = Files.list(FOLDER.resolve(kind))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Manifests rendered() {
        return RENDERED.computeIfAbsent(
                this, combination -> new Manifests(Kustomize.render(combination.kustomization())));
    }

    @Override
    public String toString() {
        return String.join(
                " + ", Stream.concat(Stream.of(overlay), components.stream()).toList());
    }

    /** A kustomization as a user would write it. */
    private Path kustomization() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "combination-");
            List<String> lines = new ArrayList<>(List.of("resources: [" + path(folder, "overlays", overlay) + "]"));
            lines.add("components:");
            components.forEach(component -> lines.add("  - " + path(folder, "components", component)));
            if (components.isEmpty()) {
                lines.removeLast();
            }
            Files.write(folder.resolve("kustomization.yaml"), lines);
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path path(Path from, String kind, String name) {
        return from.toAbsolutePath().normalize().relativize(FOLDER.resolve(kind).resolve(name));
    }

    private static Stream<List<String>> subsets(List<String> names) {
        return Stream.iterate(0, bits -> bits < 1 << names.size(), bits -> bits + 1)
                .map(bits -> names.stream()
                        .filter(name -> (bits >> names.indexOf(name) & 1) == 1)
                        .toList());
    }
}
