package io.minigpt.gpt;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.minigpt.gpt.checkpoint.NamedTensor;
import io.minigpt.gpt.checkpoint.Safetensors;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.torch.TorchArchive;
import io.minigpt.gpt.torch.TorchModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** AdamW over a network's weights, with decay on matrices only, and the clipping of their gradients. */
final class AdamW implements AutoCloseable {
    private static final double EPSILON = 1e-8;
    /** In the denominator of clipping, as torch.nn.utils.clip_grad_norm_ has it. */
    private static final double CLIP_EPSILON = 1e-6;

    private static final String FIRST_MOMENT = "exp_avg.";
    private static final String SECOND_MOMENT = "exp_avg_sq.";

    private final Network network;
    private final TrainingConfiguration configuration;
    private final StackedTensors files;
    private final TorchModule module;
    private final List<WeightKind> kinds;
    private final List<NDArray> firstMoments = new ArrayList<>();
    private final List<NDArray> secondMoments = new ArrayList<>();

    AdamW(Network network, TrainingConfiguration configuration, Device device) {
        this.network = network;
        this.configuration = configuration;
        this.kinds = WeightKind.of(network.configuration());
        this.files = new StackedTensors(kinds);
        this.module = new TorchModule(new TorchArchive("AdamW", Network.script("adamw.py"), Map.of()), device);
        for (NDArray weight : network.weights()) {
            firstMoments.add(module.manager().zeros(weight.getShape()));
            secondMoments.add(module.manager().zeros(weight.getShape()));
        }
    }

    /**
     * Clips the gradients, updates the weights and sets the gradients to zero.
     *
     * @param finishedSteps the number of updates before this one
     * @return the global norm of the gradients before clipping
     * @throws DivergedException if it is no finite number; the weights are as before
     */
    double step(long finishedSteps, double learningRate) {
        try (NDManager step = network.manager().newSubManager()) {
            List<NDArray> gradients = network.gradients();
            double norm = norm(module.tensor(step, "norms", gradients).toFloatArray());
            double clip = configuration.gradientClip();
            if (clip > 0 && norm > clip) {
                module.run("scale", gradients, clip / (norm + CLIP_EPSILON));
            }
            update(step, gradients, true, finishedSteps, learningRate);
            update(step, gradients, false, finishedSteps, learningRate);
            module.run("zero", gradients);
            network.weightsChanged();
            return norm;
        }
    }

    private double norm(float[] norms) {
        double squares = 0;
        for (int i = 0; i < norms.length; i++) {
            if (!Float.isFinite(norms[i])) {
                throw new DivergedException("the gradient of " + kinds.get(i).pattern() + " has the norm " + norms[i]);
            }
            squares += (double) norms[i] * norms[i];
        }
        return Math.sqrt(squares);
    }

    private void update(
            NDManager step, List<NDArray> gradients, boolean decayed, long finishedSteps, double learningRate) {
        List<NDArray> steps = new ArrayList<>();
        List<NDArray> group = of(gradients, decayed);
        if (group.isEmpty()) {
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            steps.add(step.full(new Shape(), finishedSteps));
        }
        module.run(
                "step",
                of(network.weights(), decayed),
                group,
                of(firstMoments, decayed),
                of(secondMoments, decayed),
                steps,
                learningRate,
                configuration.beta1(),
                configuration.beta2(),
                decayed ? configuration.weightDecay() : 0.0,
                EPSILON);
    }

    private List<NDArray> of(List<NDArray> all, boolean decayed) {
        List<NDArray> group = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (kinds.get(i).decayed() == decayed) {
                group.add(all.get(i));
            }
        }
        return group;
    }

    /** The moments as a file holds them, in memory of the optimizer. */
    List<NamedTensor> toFile() {
        List<NamedTensor> tensors = new ArrayList<>(files.toFile(FIRST_MOMENT, firstMoments));
        tensors.addAll(files.toFile(SECOND_MOMENT, secondMoments));
        return tensors;
    }

    /** Takes over the moments of a file. */
    void fromFile(Safetensors file) {
        files.fromFile(FIRST_MOMENT, firstMoments, file, network);
        files.fromFile(SECOND_MOMENT, secondMoments, file, network);
    }

    @Override
    public void close() {
        module.close();
    }
}
