package io.minigpt.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.local.demo.LossChart.Curve;
import io.minigpt.local.demo.PipelineRun.ModelVersion;
import io.minigpt.local.demo.PipelineRun.Step;
import io.minigpt.local.system.Installation;
import io.minigpt.local.system.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run has done and where to look further. */
final class Report {
    private static final List<String> TRAININGS = List.of("pretrain", "fine-tune");
    private static final int QUESTIONS = 3;

    private final Installation installation;
    private final ConsoleClient console;
    private final PipelineRun run;
    private final Path questions;
    private final List<String> lines = new ArrayList<>();

    Report(Installation installation, ConsoleClient console, PipelineRun run, Path questions) {
        this.installation = installation;
        this.console = console;
        this.run = run;
        this.questions = questions;
    }

    /** Prints the report, and writes it and the loss curves to a folder of the run's own. */
    void write(PrintStream out) throws IOException, InterruptedException {
        Path folder = installation.home().reports().resolve(run.id());
        Files.createDirectories(folder);
        steps();
        losses();
        scores();
        versions();
        answers();
        Path picture = folder.resolve("loss.svg");
        Files.writeString(picture, LossChart.svg(curves()));
        lines.add("");
        lines.add("Loss curves: " + picture);
        addresses();
        Files.write(folder.resolve("report.txt"), lines);
        lines.forEach(out::println);
    }

    private void steps() {
        Instant end = run.finishedAt() == null ? Instant.now() : run.finishedAt();
        lines.add("");
        lines.add("Run " + run.id() + " " + run.state() + " after "
                + StepLine.clock(Duration.between(run.createdAt(), end)) + ".");
        for (Step step : run.steps()) {
            lines.add("  " + StepLine.plain(step, new StepRate(), end));
        }
    }

    private void losses() {
        heading("Loss, nats per token");
        lines.add(String.format("  %-18s %8s %8s %12s", "", "start", "end", "validation"));
        for (String name : TRAININGS) {
            run.step(name)
                    .map(Step::details)
                    .ifPresent(details -> lines.add(String.format(
                            "  %-18s %8s %8s %12s",
                            name,
                            figure(details, "firstLoss"),
                            figure(details, "lastLoss"),
                            figure(details, "validationLoss"))));
        }
    }

    private void scores() {
        Optional<JsonNode> rouge = run.step("evaluate").flatMap(step -> curatedRouge(step.details()));
        rouge.ifPresent(metric -> {
            lines.add("");
            lines.add(String.format(
                    Locale.ROOT,
                    "ROUGE-L of %s on the %d curated questions: %.3f",
                    run.name(),
                    metric.path("items").asInt(),
                    metric.path("value").asDouble()));
        });
    }

    private static Optional<JsonNode> curatedRouge(JsonNode details) {
        for (JsonNode metric : details.path("metrics")) {
            boolean curated = metric.path("set").asText().equals("curated");
            if (curated && metric.path("name").asText().equals(StepDetails.ROUGE_L)) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }

    private void versions() throws IOException, InterruptedException {
        heading("Registered versions");
        for (ModelVersion model : run.models()) {
            StringBuilder line = new StringBuilder("  " + model.model() + ":" + model.version());
            Optional<JsonNode> version = console.version(model);
            if (version.isPresent()) {
                version.get().path("aliases").forEach(alias -> line.append(" @").append(alias.asText()));
                JsonNode lineage = version.get().path("lineage");
                line.append(String.format(
                        Locale.ROOT,
                        ", %,d parameters",
                        version.get().path("parameters").asLong()));
                line.append(", trained on ").append(named(lineage.path("dataset"), "name"));
                if (lineage.path("base").isObject()) {
                    line.append(", from ").append(named(lineage.path("base"), "model"));
                }
            }
            lines.add(line.toString());
        }
    }

    private void answers() throws IOException, InterruptedException {
        List<WantedAnswer> asked = questions == null
                ? console.generatedPairs(run.name(), QUESTIONS)
                : WantedAnswer.spread(questions, QUESTIONS);
        if (!asked.isEmpty()) {
            heading("Answers");
        }
        for (WantedAnswer question : asked) {
            lines.add("  " + question.question());
            lines.add("    wanted: " + question.answer());
            for (ModelVersion model : run.models().reversed()) {
                String name = model.model() + ":" + model.version();
                boolean fineTuned = model.model().equals(run.name());
                String said = fineTuned
                        ? console.answer(name, question.question())
                        : console.complete(name, question.question());
                lines.add("    " + name + ": " + said.strip());
            }
        }
    }

    private List<Curve> curves() throws IOException, InterruptedException {
        List<Curve> curves = new ArrayList<>();
        for (String name : TRAININGS) {
            Optional<Step> step = run.step(name).filter(training -> training.runId() != null);
            if (step.isPresent()) {
                curves.add(new Curve(
                        name + " of " + run.name(), console.metrics(step.get().runId())));
            }
        }
        return curves;
    }

    private void addresses() {
        lines.add("");
        lines.add("Console: " + installation.address(Service.CONSOLE));
        lines.add("Interfaces:");
        for (Service service : Service.values()) {
            lines.add(String.format("  %-22s %s/q/swagger-ui", service.label(), installation.address(service)));
        }
    }

    private void heading(String text) {
        lines.add("");
        lines.add(text);
    }

    private static String figure(JsonNode details, String field) {
        JsonNode value = details.path(field);
        return value.isNumber() ? String.format(Locale.ROOT, "%.3f", value.asDouble()) : "-";
    }

    private static String named(JsonNode version, String nameField) {
        return version.path(nameField).asText() + ":" + version.path("version").asText();
    }
}
