package io.minigpt.registry;

import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.Metric;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Names and directions of a version's figures. */
public final class Metrics {

    private static final List<String> LOWER_IS_BETTER = List.of(
            "trainLoss",
            "validationLoss",
            "bitsPerByte",
            "perplexity",
            "repetition",
            "endTokenLeak",
            "emptyAnswer",
            "timeToFirstTokenMs");

    private Metrics() {}

    /**
     * Figures that a checkpoint was written with: losses in nats a token and bits a byte where they are known, and what
     * its run may select by, {@code selectionScore}: the mean ROUGE-L of its answers to the selection sets.
     */
    public static Map<String, Double> of(Checkpoint checkpoint) {
        Map<String, Double> figures = new TreeMap<>();
        known(figures, "trainLoss", checkpoint.getTrainLoss());
        known(figures, "validationLoss", checkpoint.getValidationLoss());
        known(figures, "bitsPerByte", checkpoint.getBitsPerByte());
        if (checkpoint.hasEvaluationScore()) {
            figures.put("selectionScore", checkpoint.getEvaluationScore());
        }
        return figures;
    }

    /**
     * Figures of an evaluation as {@code name.set}, such as {@code rougeL.curated}. Items of different labels are never
     * one figure: a set with several labels has {@code name.set.label} for each. Where a figure was taken at several
     * temperatures, the lowest has this name and the others end in {@code @temperature}.
     */
    public static Map<String, Double> of(List<Metric> metrics) {
        Map<String, Set<String>> labels = new TreeMap<>();
        for (Metric metric : metrics) {
            labels.computeIfAbsent(metric.getSet(), set -> new TreeSet<>()).add(metric.getLabel());
        }
        Map<String, Double> lowest = new TreeMap<>();
        for (Metric metric : metrics) {
            lowest.merge(name(metric, labels), metric.getTemperature(), Math::min);
        }
        Map<String, Double> figures = new TreeMap<>();
        for (Metric metric : metrics) {
            String name = name(metric, labels);
            boolean plain = metric.getTemperature() == lowest.get(name);
            if (Double.isFinite(metric.getValue())) {
                figures.put(plain ? name : name + "@" + metric.getTemperature(), metric.getValue());
            }
        }
        return figures;
    }

    /** 1 where more is better, -1 where less is. */
    public static int direction(String name) {
        String figure = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        return LOWER_IS_BETTER.contains(figure) ? -1 : 1;
    }

    private static String name(Metric metric, Map<String, Set<String>> labels) {
        String name = camelCase(metric.getName()) + "." + metric.getSet();
        return labels.get(metric.getSet()).size() > 1 ? name + "." + metric.getLabel() : name;
    }

    /** Such as rougeL for rouge_l. */
    public static String camelCase(String snakeCase) {
        StringBuilder name = new StringBuilder();
        boolean up = false;
        for (char c : snakeCase.toCharArray()) {
            if (c == '_') {
                up = true;
            } else {
                name.append(up ? Character.toUpperCase(c) : c);
                up = false;
            }
        }
        return name.toString();
    }

    private static void known(Map<String, Double> figures, String name, double value) {
        if (value > 0 && Double.isFinite(value)) {
            figures.put(name, value);
        }
    }
}
