package io.minigpt.gpt.configuration;

import static io.minigpt.gpt.configuration.Settings.require;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a model is trained, with nanoGPT's names and defaults where it has them.
 *
 * @param batchSize batch_size, sequences of one forward pass
 * @param accumulationSteps gradient_accumulation_steps, forward passes of one step
 * @param learningRate learning_rate, the highest
 * @param minLearningRate min_lr, the last
 * @param warmupSteps warmup_iters, steps of a linear rise to learning_rate
 * @param decaySteps lr_decay_iters, the step at which min_lr is reached
 * @param maxSteps max_iters
 * @param decayLearningRate decay_lr, false for a constant learning rate
 * @param weightDecay weight_decay, of matrices only
 * @param beta1 AdamW's decay of the first moment
 * @param beta2 AdamW's decay of the second moment
 * @param gradientClip grad_clip, the greatest global norm of a gradient, 0 for no limit
 * @param evaluationInterval eval_interval, steps between two evaluations
 * @param evaluationBatches eval_iters, batches of one evaluation
 * @param logInterval log_interval, steps between two reports
 * @param seed of weights, dropout and the order of the data
 * @param dtype operands of matrix products
 * @param device auto, cpu, cuda or cuda:N
 * @param loss which tokens of a fine-tuning record count
 * @param crossRecordAttention cross_record_attention, whether fine-tuning records that share a window see those before
 *     them in it, as running text would; false keeps each as it is when asked alone
 * @param patience evaluations without a lower validation loss after which training ends, 0 for no such end
 * @param maxLossRise max_loss_rise, how far the training loss, averaged over some 20 steps, may rise above its lowest,
 *     in nats, before training counts as diverged; 0 for no limit
 */
public record TrainingConfiguration(
        int batchSize,
        int accumulationSteps,
        double learningRate,
        double minLearningRate,
        int warmupSteps,
        int decaySteps,
        int maxSteps,
        boolean decayLearningRate,
        double weightDecay,
        double beta1,
        double beta2,
        double gradientClip,
        int evaluationInterval,
        int evaluationBatches,
        int logInterval,
        long seed,
        Dtype dtype,
        String device,
        LossScope loss,
        boolean crossRecordAttention,
        int patience,
        double maxLossRise) {
    public TrainingConfiguration {
        require(batchSize >= 1, "batch_size", batchSize, "at least 1");
        require(accumulationSteps >= 1, "gradient_accumulation_steps", accumulationSteps, "at least 1");
        require(learningRate > 0 && learningRate <= 1, "learning_rate", learningRate, "greater than 0, at most 1");
        require(
                minLearningRate >= 0 && minLearningRate <= learningRate,
                "min_lr",
                minLearningRate,
                "0 to learning_rate, " + learningRate);
        require(maxSteps >= 1, "max_iters", maxSteps, "at least 1");
        require(
                warmupSteps >= 0 && warmupSteps <= maxSteps,
                "warmup_iters",
                warmupSteps,
                "0 to max_iters, " + maxSteps);
        require(decaySteps > warmupSteps, "lr_decay_iters", decaySteps, "greater than warmup_iters, " + warmupSteps);
        require(weightDecay >= 0 && weightDecay <= 1, "weight_decay", weightDecay, "0 to 1");
        require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "0 to less than 1");
        require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "0 to less than 1");
        require(gradientClip >= 0, "grad_clip", gradientClip, "at least 0");
        require(evaluationInterval >= 1, "eval_interval", evaluationInterval, "at least 1");
        require(evaluationBatches >= 1, "eval_iters", evaluationBatches, "at least 1");
        require(logInterval >= 1, "log_interval", logInterval, "at least 1");
        require(patience >= 0, "patience", patience, "at least 0");
        require(maxLossRise >= 0, "max_loss_rise", maxLossRise, "at least 0");
        require(device.matches("auto|cpu|cuda|cuda:\\d{1,3}"), "device", device, "auto, cpu, cuda or cuda:N");
    }

    /**
     * Reads a YAML file; a key that {@code overrides} has counts there.
     *
     * @throws InvalidConfigurationException naming the key that is unknown or has a value that is not allowed
     */
    public static TrainingConfiguration read(Path yaml, Map<String, ?> overrides) {
        return of(ConfigurationFormat.yaml(yaml, overrides));
    }

    /** The inverse of {@link #toJson}; keys may be missing and then have their defaults. */
    public static TrainingConfiguration fromJson(String json) {
        return of(ConfigurationFormat.json(json));
    }

    /** A configuration from nanoGPT's keys; those that are missing have their defaults. */
    public static TrainingConfiguration of(Map<String, ?> values) {
        Settings settings = new Settings(values);
        int maxSteps = settings.integer("max_iters", 10_000);
        double learningRate = settings.real("learning_rate", 1e-3);
        TrainingConfiguration configuration = new TrainingConfiguration(
                settings.integer("batch_size", 32),
                settings.integer("gradient_accumulation_steps", 1),
                learningRate,
                settings.real("min_lr", learningRate / 10),
                settings.integer("warmup_iters", Math.min(100, maxSteps - 1)),
                settings.integer("lr_decay_iters", maxSteps),
                maxSteps,
                settings.bool("decay_lr", true),
                settings.real("weight_decay", 0.1),
                settings.real("beta1", 0.9),
                settings.real("beta2", 0.95),
                settings.real("grad_clip", 1),
                settings.integer("eval_interval", 250),
                settings.integer("eval_iters", 200),
                settings.integer("log_interval", 10),
                settings.longInteger("seed", 1337),
                settings.choice("dtype", Dtype.AUTO),
                settings.text("device", "auto"),
                settings.choice("loss", LossScope.ALL),
                settings.bool("cross_record_attention", false),
                settings.integer("patience", 0),
                settings.real("max_loss_rise", 2));
        settings.refuseUnknownKeys();
        return configuration;
    }

    /** This configuration with some keys changed. */
    public TrainingConfiguration with(Map<String, ?> overrides) {
        Map<String, Object> merged = new HashMap<>(toMap());
        merged.putAll(overrides);
        return of(merged);
    }

    /** The configuration by nanoGPT's keys. */
    public Map<String, Object> toMap() {
        return Map.ofEntries(
                Map.entry("batch_size", batchSize),
                Map.entry("gradient_accumulation_steps", accumulationSteps),
                Map.entry("learning_rate", learningRate),
                Map.entry("min_lr", minLearningRate),
                Map.entry("warmup_iters", warmupSteps),
                Map.entry("lr_decay_iters", decaySteps),
                Map.entry("max_iters", maxSteps),
                Map.entry("decay_lr", decayLearningRate),
                Map.entry("weight_decay", weightDecay),
                Map.entry("beta1", beta1),
                Map.entry("beta2", beta2),
                Map.entry("grad_clip", gradientClip),
                Map.entry("eval_interval", evaluationInterval),
                Map.entry("eval_iters", evaluationBatches),
                Map.entry("log_interval", logInterval),
                Map.entry("seed", seed),
                Map.entry("dtype", Settings.name(dtype)),
                Map.entry("device", device),
                Map.entry("loss", Settings.name(loss)),
                Map.entry("cross_record_attention", crossRecordAttention),
                Map.entry("patience", patience),
                Map.entry("max_loss_rise", maxLossRise));
    }

    /** Canonical JSON: equal configurations have equal text. */
    public String toJson() {
        return ConfigurationFormat.canonicalJson(toMap());
    }

    /**
     * The learning rate of a step, counted from 0: linear warm-up, then a cosine from learning_rate to min_lr, as
     * nanoGPT's get_lr.
     */
    public double learningRateAt(long step) {
        if (!decayLearningRate) {
            return learningRate;
        }
        if (step < warmupSteps) {
            return learningRate * (step + 1) / (warmupSteps + 1);
        }
        if (step > decaySteps) {
            return minLearningRate;
        }
        double progress = (double) (step - warmupSteps) / (decaySteps - warmupSteps);
        return minLearningRate + 0.5 * (1 + Math.cos(Math.PI * progress)) * (learningRate - minLearningRate);
    }
}
