package io.minigpt.orchestrator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.minigpt.gpt.configuration.InvalidConfigurationException;
import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.SelectionRule;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.platform.InvalidRequestException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The presets of {@code config/model} and {@code config/training}, as JSON objects with nanoGPT's keys, and the names of
 * the templates beside them.
 */
@ApplicationScoped
public class Presets {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final TypeReference<Map<String, Object>> KEYS = new TypeReference<>() {};
    private static final String SUFFIX = ".yaml";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path root;

    @Inject
    Presets(PresetConfig config) {
        this(config.root());
    }

    Presets(Path root) {
        this.root = root;
    }

    /**
     * A model configuration with some keys replaced, which workers will take.
     *
     * @param property what the caller calls it, for the refusal
     * @param overrides values as text; what reads as a number or a boolean becomes one
     * @throws InvalidRequestException naming the preset or the key that is wrong
     */
    public ObjectNode model(String property, String preset, Map<String, String> overrides) {
        ObjectNode configuration = replaced(read(property, "model", preset), overrides);
        return checked(property, preset, configuration, ModelConfiguration::of);
    }

    /** A training configuration with some keys replaced, which workers will take; as {@link #model}. */
    public ObjectNode training(String property, String preset, Map<String, String> overrides) {
        ObjectNode configuration = replaced(read(property, "training", preset), overrides);
        return checked(property, preset, configuration, keys -> {
            SelectionRule.take(keys);
            TrainingConfiguration.of(keys);
        });
    }

    /** Names of the templates, which tokenization reads. */
    List<String> templates() {
        return names(root.resolve("templates"));
    }

    private static ObjectNode replaced(ObjectNode configuration, Map<String, String> overrides) {
        overrides.forEach((key, value) -> configuration.set(key, Scalars.of(value)));
        return configuration;
    }

    private static ObjectNode checked(
            String property, String preset, ObjectNode configuration, Consumer<Map<String, Object>> rules) {
        try {
            rules.accept(YAML.convertValue(configuration, KEYS));
            return configuration;
        } catch (InvalidConfigurationException e) {
            throw new InvalidRequestException(
                    "%s '%s' with what replaces its keys: %s".formatted(property, preset, e.getMessage()), e);
        }
    }

    private ObjectNode read(String property, String folder, String preset) {
        Path file = root.resolve(folder).resolve(preset + SUFFIX);
        if (!NAME.matcher(preset).matches() || !Files.isRegularFile(file)) {
            throw new InvalidRequestException("%s: no preset '%s' in config/%s; there are %s"
                    .formatted(property, preset, folder, names(root.resolve(folder))));
        }
        try {
            JsonNode content = YAML.readTree(file.toFile());
            if (!(content instanceof ObjectNode configuration)) {
                throw new InvalidRequestException(
                        "config/%s/%s%s does not hold keys with values".formatted(folder, preset, SUFFIX));
            }
            configuration.properties().forEach(Presets::normalise);
            return configuration;
        } catch (IOException e) {
            throw new InvalidRequestException(
                    "config/%s/%s%s: %s".formatted(folder, preset, SUFFIX, e.getMessage()), e);
        }
    }

    /** YAML 1.1 takes 1e-3 for text because it has no dot. */
    private static void normalise(Map.Entry<String, JsonNode> entry) {
        if (entry.getValue().isTextual()) {
            entry.setValue(Scalars.of(entry.getValue().textValue()));
        }
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
