package io.minigpt.gpt.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads configurations from YAML and JSON and writes them as canonical JSON (RFC 8785 for the values used here). */
final class ConfigurationFormat {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new JsonMapper();

    private ConfigurationFormat() {}

    static Map<String, Object> yaml(Path file, Map<String, ?> overrides) {
        try {
            Map<String, Object> values = YAML.readValue(Files.readAllBytes(file), MAP);
            Map<String, Object> merged = values == null ? new HashMap<>() : new HashMap<>(values);
            merged.putAll(overrides);
            return merged;
        } catch (JsonProcessingException e) {
            throw new InvalidConfigurationException(
                    file.toString(), "is not a YAML mapping: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the configuration " + file, e);
        }
    }

    static Map<String, Object> json(String text) {
        try {
            return JSON.readValue(text, MAP);
        } catch (JsonProcessingException e) {
            throw new InvalidConfigurationException("configuration", "is not a JSON object: " + e.getOriginalMessage());
        }
    }

    static String canonicalJson(Map<String, ?> values) {
        StringBuilder json = new StringBuilder("{");
        new TreeMap<>(values).forEach((key, value) -> {
            json.append(json.length() > 1 ? "," : "").append('"').append(key).append("\":");
            json.append(
                    switch (value) {
                        case Double number -> number(number);
                        case String text -> '"' + text + '"';
                        case Object other -> other.toString();
                    });
        });
        return json.append('}').toString();
    }

    /** ECMAScript's shortest form; no configuration holds a number so small or large that it needs an exponent. */
    private static String number(double value) {
        return value == 0
                ? "0"
                : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
