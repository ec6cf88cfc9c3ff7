package io.minigpt.orchestrator;

import io.minigpt.proto.training.v1.ModelVersion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A deployment under way. It asks for nothing itself: the registry moves the alias on the evaluation's figures, and
 * inference follows the alias. What they said may have come before the step began.
 *
 * @param run the run
 * @param name the deployment
 * @param training the step that made the version
 * @param evaluation the step on whose figures the registry decides
 */
record DeployStep(PipelineRun run, StepName name, StepName training, StepName evaluation) {

    /** The step after what is known so far. */
    Step conclude(Serving serving, Instant at) {
        Step step = run.step(name);
        ModelVersion version = run.step(training).output(ModelVersion.class);
        String alias = run.spec().alias();
        Optional<Serving.Promotion> decision =
                serving.promotion(run.stepRun(evaluation).id());
        if (decision.isPresent() && !decision.get().promoted()) {
            return step.reported(figures(
                            version, false, Map.of("declined", decision.get().reason())))
                    .succeeded(at);
        }
        if (decision.isEmpty() && !serving.named(version.getModel(), alias, version.getVersion())) {
            return step.progressed(new Figures(0, 1, Map.of()));
        }
        Optional<Serving.Deployment> deployment = serving.deployment(version.getModel(), alias, version.getVersion());
        return switch (deployment.orElse(null)) {
            case null -> step.progressed(new Figures(0, 1, Map.of()));
            case Serving.Deployment.Failed failed -> step.failed(at, failed.reason());
            case Serving.Deployment.Deployed deployed ->
                step.reported(figures(version, true, superseded(version, deployed)))
                        .succeeded(at);
        };
    }

    private Figures figures(ModelVersion version, boolean promoted, Map<String, Object> more) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("model", version.getModel());
        details.put("version", version.getVersion());
        details.put("alias", run.spec().alias());
        details.put("promoted", promoted);
        details.putAll(more);
        return new Figures(1, 1, details);
    }

    private static Map<String, Object> superseded(ModelVersion version, Serving.Deployment.Deployed deployed) {
        return deployed.version() == version.getVersion() ? Map.of() : Map.of("supersededBy", deployed.version());
    }
}
