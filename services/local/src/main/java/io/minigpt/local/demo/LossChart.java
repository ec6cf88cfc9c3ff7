package io.minigpt.local.demo;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Loss curves as an SVG picture: a panel for each training run, with the training and the validation loss. */
final class LossChart {
    private static final int PANEL_WIDTH = 520;
    private static final int PANEL_HEIGHT = 360;
    private static final int LEFT = 56;
    private static final int RIGHT = 16;
    private static final int TOP = 44;
    private static final int BOTTOM = 44;
    private static final int TICKS = 5;
    private static final String TRAIN_COLOR = "#1f77b4";
    private static final String VALIDATION_COLOR = "#d62728";

    private LossChart() {}

    /**
     * One panel.
     *
     * @param title heading
     * @param metrics losses in the order of the steps
     */
    record Curve(String title, List<TrainingMetric> metrics) {
        Curve {
            metrics = List.copyOf(metrics);
        }
    }

    /** The picture; runs without losses are left out. */
    static String svg(List<Curve> runs) {
        List<Curve> curves =
                runs.stream().filter(curve -> !curve.metrics().isEmpty()).toList();
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                Math.max(1, curves.size()) * PANEL_WIDTH,
                PANEL_HEIGHT));
        for (int panel = 0; panel < curves.size(); panel++) {
            svg.append(String.format(Locale.ROOT, "<g transform=\"translate(%d 0)\">%n", panel * PANEL_WIDTH))
                    .append(panel(curves.get(panel)))
                    .append(String.format("</g>%n"));
        }
        return svg.append(String.format("</svg>%n")).toString();
    }

    private static String panel(Curve curve) {
        List<TrainingMetric> validated = curve.metrics().stream()
                .filter(metric -> metric.validationLoss() != null)
                .toList();
        Axes axes = Axes.around(curve.metrics(), validated);
        return text(PANEL_WIDTH / 2.0, TOP / 2.0, "middle", "#000", curve.title())
                + text(LEFT + 8.0, TOP + 14.0, "start", TRAIN_COLOR, "training loss")
                + text(LEFT + 108.0, TOP + 14.0, "start", VALIDATION_COLOR, "validation loss")
                + axes.grid()
                + line(curve.metrics(), TrainingMetric::trainLoss, axes, TRAIN_COLOR)
                + line(validated, TrainingMetric::validationLoss, axes, VALIDATION_COLOR);
    }

    private static String line(
            List<TrainingMetric> metrics, ToDoubleFunction<TrainingMetric> loss, Axes axes, String color) {
        if (metrics.isEmpty()) {
            return "";
        }
        StringBuilder points = new StringBuilder();
        for (TrainingMetric metric : metrics) {
            points.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", axes.x(metric.step()), axes.y(loss.applyAsDouble(metric))));
        }
        return String.format(
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>%n",
                color, points.toString().strip());
    }

    private static String text(double x, double y, String anchor, String color, String content) {
        String escaped = content.replace("&", "&amp;").replace("<", "&lt;");
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                color,
                escaped);
    }

    private record Axes(double lastStep, double least, double most) {

        static Axes around(List<TrainingMetric> metrics, List<TrainingMetric> validated) {
            double lastStep = Math.max(1, metrics.getLast().step());
            double most = 0;
            double least = Double.MAX_VALUE;
            for (TrainingMetric metric : metrics) {
                most = Math.max(most, metric.trainLoss());
                least = Math.min(least, metric.trainLoss());
            }
            for (TrainingMetric metric : validated) {
                most = Math.max(most, metric.validationLoss());
                least = Math.min(least, metric.validationLoss());
            }
            // a flat curve still needs a height
            return new Axes(lastStep, Math.floor(least), Math.max(Math.floor(least) + 1, most));
        }

        double x(double step) {
            return LEFT + step / lastStep * (PANEL_WIDTH - LEFT - RIGHT);
        }

        double y(double loss) {
            return TOP + (most - loss) / (most - least) * (PANEL_HEIGHT - TOP - BOTTOM);
        }

        String grid() {
            StringBuilder grid = new StringBuilder();
            for (int tick = 0; tick <= TICKS; tick++) {
                double loss = least + (most - least) * tick / TICKS;
                double step = lastStep * tick / TICKS;
                grid.append(String.format(
                                Locale.ROOT,
                                "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>%n",
                                LEFT,
                                y(loss),
                                PANEL_WIDTH - RIGHT))
                        .append(text(LEFT - 8.0, y(loss) + 4, "end", "#444", String.format(Locale.ROOT, "%.2f", loss)))
                        .append(text(
                                x(step),
                                PANEL_HEIGHT - BOTTOM + 18.0,
                                tick == TICKS ? "end" : "middle",
                                "#444",
                                String.format(Locale.ROOT, "%.0f", step)));
            }
            return grid.append(text(PANEL_WIDTH / 2.0, PANEL_HEIGHT - 8.0, "middle", "#444", "step"))
                    .toString();
        }
    }
}
