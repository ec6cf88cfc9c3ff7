package io.minigpt.orchestrator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the measured steps of a training run have come to.
 *
 * @param step last step of the newest lease
 * @param maxSteps last step of the run
 * @param firstLoss training loss of the first measured step, in nats a token
 * @param loss training loss of the last one
 * @param validationLoss last validation loss; null before the first
 * @param bitsPerByte last validation loss in bits a byte; null where it is not known
 * @param learningRate of the last step
 * @param tokensPerSecond of the last step
 */
public record TrainingFigures(
        long step,
        long maxSteps,
        double firstLoss,
        double loss,
        Double validationLoss,
        Double bitsPerByte,
        double learningRate,
        double tokensPerSecond) {

    /** As figures of a step. */
    public Figures figures() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("loss", loss);
        details.put("firstLoss", firstLoss);
        details.put("lastLoss", loss);
        if (validationLoss != null) {
            details.put("validationLoss", validationLoss);
        }
        if (bitsPerByte != null) {
            details.put("bitsPerByte", bitsPerByte);
        }
        details.put("tokensPerSecond", tokensPerSecond);
        details.put("learningRate", learningRate);
        return new Figures(step, maxSteps, details);
    }

    /** The figures of a training step: what was measured, and over it the result once it is there. */
    public Figures with(Step step) {
        if (step.reported()) {
            return figures().updated(step.figures());
        }
        Figures measured = figures();
        Map<String, Object> details = new LinkedHashMap<>(step.figures().details());
        details.putAll(measured.details());
        return new Figures(measured.done(), measured.total(), details);
    }
}
