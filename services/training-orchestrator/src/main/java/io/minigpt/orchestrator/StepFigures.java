package io.minigpt.orchestrator;

import io.minigpt.proto.augmentation.v1.AugmentationCounts;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.generation.v1.GenerationCounts;
import io.minigpt.proto.training.v1.Checkpoint;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.TrainingFinished;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of each kind of step, from what the others report. */
public final class StepFigures {

    private static final double MILLIS = 1000;

    private StepFigures() {}

    /** Of question generation. */
    public static Figures of(GenerationCounts counts) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("pairs", counts.getPairsAccepted());
        details.put("rejected", new TreeMap<>(counts.getPairsRejectedMap()));
        details.put("reused", counts.getDocumentsReused());
        details.put("failed", counts.getDocumentsFailed());
        details.put("teacherCalls", counts.getTeacherCalls());
        return new Figures(
                counts.getDocumentsDone() + counts.getDocumentsFailed(), counts.getDocumentsTotal(), details);
    }

    /** Of augmentation. */
    public static Figures of(AugmentationCounts counts) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("variants", counts.getVariantsAccepted());
        details.put("rejected", new TreeMap<>(counts.getVariantsRejectedMap()));
        details.put("reused", counts.getPairsReused());
        details.put("short", counts.getPairsShort());
        details.put("teacherCalls", counts.getTeacherCalls());
        return new Figures(counts.getPairsDone(), counts.getPairsTotal(), details);
    }

    /** With the teacher that a data run named. */
    public static Figures withTeacher(Figures figures, String teacher) {
        Map<String, Object> details = new LinkedHashMap<>(figures.details());
        details.put("teacher", teacher);
        return new Figures(figures.done(), figures.total(), details);
    }

    /** Of a sealed dataset version. */
    public static Figures of(DatasetVersion version) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("dataset", version.getName());
        details.put("version", version.getVersion());
        details.put("trainRecords", version.getTrainRecords());
        details.put("validationRecords", version.getValidationRecords());
        details.put("trainTokens", version.getTrainTokens());
        details.put("validationTokens", version.getValidationTokens());
        details.put("recordsByKind", new TreeMap<>(version.getRecordsByKindMap()));
        long records = version.getTrainRecords() + version.getValidationRecords();
        return new Figures(records, 0, details);
    }

    /** Of a training run that succeeded; losses of the checkpoint that its rule selected. */
    public static Figures of(TrainingFinished finished) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("firstLoss", finished.getFirstTrainLoss());
        details.put("lastLoss", finished.getLastTrainLoss());
        details.put("loss", finished.getLastTrainLoss());
        finished.getCheckpointsList().stream()
                .filter(Checkpoint::getSelected)
                .findFirst()
                .ifPresent(selected -> {
                    details.put("selectedStep", selected.getStep());
                    known(details, "validationLoss", selected.getValidationLoss());
                    known(details, "bitsPerByte", selected.getBitsPerByte());
                });
        if (finished.getDurationMillis() > 0) {
            details.put("tokensPerSecond", finished.getTokensSeen() * MILLIS / finished.getDurationMillis());
        }
        long steps = finished.getCheckpointsList().stream()
                .mapToLong(Checkpoint::getStep)
                .max()
                .orElse(0);
        return new Figures(steps, steps, details);
    }

    /** Of a registered version. */
    public static Figures of(ModelVersion version) {
        return new Figures(0, 0, Map.of("model", version.getModel(), "version", version.getVersion()));
    }

    /** Of an evaluation that succeeded. */
    public static Figures of(List<Metric> metrics) {
        List<Map<String, Object>> rows = metrics.stream().map(StepFigures::row).toList();
        return new Figures(0, 0, Map.of("metrics", rows));
    }

    /** A loss of 0 stands for one that was not measured. */
    private static void known(Map<String, Object> details, String name, double value) {
        if (value > 0) {
            details.put(name, value);
        }
    }

    private static Map<String, Object> row(Metric metric) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("set", metric.getSet());
        row.put("name", metric.getName());
        row.put("temperature", metric.getTemperature());
        row.put("value", metric.getValue());
        row.put("items", metric.getItems());
        return row;
    }
}
