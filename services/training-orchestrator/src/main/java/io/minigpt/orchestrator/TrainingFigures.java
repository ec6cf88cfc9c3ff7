package io.minigpt.orchestrator;

import java.time.Duration;
import java.time.Instant;
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
 * @param gradientNorm of the last step
 * @param tokensPerSecond of the last step
 * @param modelFlopUtilisation of the last step; null where it is not known
 * @param memoryBytes held by its worker at the last step; null where it is not known
 * @param timeLeft to the last step of the run when the last one was measured; null where it is not known
 * @param measuredAt when the last step was measured
 */
public record TrainingFigures(
        long step,
        long maxSteps,
        double firstLoss,
        double loss,
        Double validationLoss,
        Double bitsPerByte,
        double learningRate,
        double gradientNorm,
        double tokensPerSecond,
        Double modelFlopUtilisation,
        Long memoryBytes,
        Duration timeLeft,
        Instant measuredAt) {

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
        details.put("gradientNorm", gradientNorm);
        if (modelFlopUtilisation != null) {
            details.put("modelFlopUtilisation", modelFlopUtilisation);
        }
        if (memoryBytes != null) {
            details.put("memoryBytes", memoryBytes);
        }
        if (timeLeft != null) {
            details.put("secondsLeft", timeLeft.toSeconds());
        }
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
