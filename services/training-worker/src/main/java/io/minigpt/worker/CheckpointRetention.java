package io.minigpt.worker;

import io.minigpt.gpt.configuration.CheckpointSelection;
import io.minigpt.proto.training.v1.Checkpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which checkpoints of a run stay, and what for. */
public final class CheckpointRetention {

    private static final String LAST = "last";
    private static final String BEST_VALIDATION_LOSS = "best-validation-loss";
    private static final String BEST_EVALUATION = "best-evaluation";

    private CheckpointRetention() {}

    /**
     * Those that a run in progress keeps: the newest ones, to go on from, the one with the best validation loss and the
     * one with the best evaluation. In ascending order.
     */
    public static List<StoredCheckpoint> keep(List<StoredCheckpoint> checkpoints, int newest) {
        List<StoredCheckpoint> ordered = ordered(checkpoints);
        Set<StoredCheckpoint> kept =
                new LinkedHashSet<>(ordered.subList(Math.max(0, ordered.size() - newest), ordered.size()));
        bestValidated(ordered).ifPresent(kept::add);
        bestEvaluated(ordered).ifPresent(kept::add);
        return ordered(List.copyOf(kept));
    }

    /**
     * Those that a finished run leaves, with their roles, exactly one of them selected. A run without what the selection
     * goes by selects its last one.
     */
    public static List<Checkpoint> finished(List<StoredCheckpoint> checkpoints, CheckpointSelection selection) {
        List<StoredCheckpoint> ordered = ordered(checkpoints);
        StoredCheckpoint last = ordered.getLast();
        Optional<StoredCheckpoint> bestValidated = bestValidated(ordered);
        Optional<StoredCheckpoint> bestEvaluated = bestEvaluated(ordered);
        StoredCheckpoint selected =
                switch (selection) {
                    case LAST -> last;
                    case VALIDATION_LOSS -> bestValidated.orElse(last);
                    case EVALUATION -> bestEvaluated.orElse(last);
                };
        List<Checkpoint> finished = new ArrayList<>();
        for (StoredCheckpoint checkpoint : ordered) {
            List<String> roles = new ArrayList<>();
            if (checkpoint.equals(last)) {
                roles.add(LAST);
            }
            if (bestValidated.filter(checkpoint::equals).isPresent()) {
                roles.add(BEST_VALIDATION_LOSS);
            }
            if (bestEvaluated.filter(checkpoint::equals).isPresent()) {
                roles.add(BEST_EVALUATION);
            }
            if (!roles.isEmpty()) {
                finished.add(checkpoint.content().toBuilder()
                        .addAllRoles(roles)
                        .setSelected(checkpoint.equals(selected))
                        .build());
            }
        }
        return List.copyOf(finished);
    }

    /** The one with the lowest validation loss; of equal ones the earliest. */
    private static Optional<StoredCheckpoint> bestValidated(List<StoredCheckpoint> ordered) {
        return ordered.stream()
                .filter(StoredCheckpoint::validated)
                .min(Comparator.comparingDouble(
                        checkpoint -> checkpoint.content().getValidationLoss()));
    }

    /** The one with the highest score over the selection sets; of equal ones the earliest. */
    private static Optional<StoredCheckpoint> bestEvaluated(List<StoredCheckpoint> ordered) {
        return ordered.stream()
                .filter(checkpoint -> checkpoint.content().hasEvaluationScore())
                .min(Comparator.comparingDouble(
                        checkpoint -> -checkpoint.content().getEvaluationScore()));
    }

    private static List<StoredCheckpoint> ordered(List<StoredCheckpoint> checkpoints) {
        return checkpoints.stream()
                .sorted(Comparator.comparingLong(StoredCheckpoint::step))
                .toList();
    }
}
