package io.minigpt.registry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.registry.Metrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Versions side by side. */
@Schema(name = "VersionComparison")
record ComparisonView(
        @Schema(description = "The versions, in the order they were asked for")
        List<VersionView> versions,

        @Schema(description = "Every figure that one of them has, by name")
        List<FigureView> figures,

        @Schema(description = "Keys of the configurations in which they differ")
        List<SettingView> settings) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A figure of each version. */
    @Schema(name = "ComparedFigure")
    record FigureView(
            @Schema(description = "Its name") String figure,

            @Schema(description = "Values by name:version; a version without the figure is left out")
            Map<String, Double> values,

            @Schema(description = "name:version with the best value")
            String best) {}

    /** A key of the configurations. */
    @Schema(name = "ComparedSetting")
    record SettingView(
            @Schema(description = "model. or training. and nanoGPT's key")
            String key,

            @Schema(description = "Values by name:version, as text; a version without the key is left out")
            Map<String, String> values) {}

    static ComparisonView of(List<VersionView> versions) {
        return new ComparisonView(versions, figures(versions), settings(versions));
    }

    private static List<FigureView> figures(List<VersionView> versions) {
        Map<String, Map<String, Double>> values = new TreeMap<>();
        for (VersionView version : versions) {
            version.metrics()
                    .forEach((figure, value) -> values.computeIfAbsent(figure, name -> new LinkedHashMap<>())
                            .put(name(version), value));
        }
        List<FigureView> figures = new ArrayList<>();
        values.forEach((figure, own) -> figures.add(new FigureView(
                figure,
                own,
                own.entrySet().stream()
                        .max((a, b) -> Double.compare(
                                Metrics.direction(figure) * a.getValue(), Metrics.direction(figure) * b.getValue()))
                        .orElseThrow()
                        .getKey())));
        return figures;
    }

    private static List<SettingView> settings(List<VersionView> versions) {
        Map<String, Map<String, String>> values = new TreeMap<>();
        for (VersionView version : versions) {
            put(values, name(version), "model.", version.modelConfiguration());
            put(values, name(version), "training.", version.trainingConfiguration());
        }
        return values.entrySet().stream()
                .filter(setting -> setting.getValue().size() < versions.size()
                        || new HashSet<>(setting.getValue().values()).size() > 1)
                .map(setting -> new SettingView(setting.getKey(), setting.getValue()))
                .toList();
    }

    private static void put(Map<String, Map<String, String>> values, String version, String prefix, String json) {
        if (json == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> setting : parse(version, json).properties()) {
            JsonNode value = setting.getValue();
            values.computeIfAbsent(prefix + setting.getKey(), key -> new LinkedHashMap<>())
                    .put(version, value.isValueNode() ? value.asText() : value.toString());
        }
    }

    private static JsonNode parse(String version, String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored configuration of " + version + " cannot be read", e);
        }
    }

    private static String name(VersionView version) {
        return version.model() + ":" + version.version();
    }
}
