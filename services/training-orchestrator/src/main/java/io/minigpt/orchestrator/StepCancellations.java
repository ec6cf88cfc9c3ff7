package io.minigpt.orchestrator;

import com.google.protobuf.Message;
import io.minigpt.proto.augmentation.v1.AugmentationCancellationRequested;
import io.minigpt.proto.dataset.v1.FreezeCancellationRequested;
import io.minigpt.proto.dataset.v1.RegenerationPlanCancellationRequested;
import io.minigpt.proto.generation.v1.GenerationCancellationRequested;
import io.minigpt.proto.training.v1.TrainingCancellationRequested;
import java.util.Optional;

/** The commands that stop a step. */
final class StepCancellations {

    private StepCancellations() {}

    /** The command; empty if nobody does the step. */
    static Optional<Message> of(StepName name, String id, String reason) {
        return switch (name) {
            case PLAN ->
                Optional.of(RegenerationPlanCancellationRequested.newBuilder()
                        .setRunId(id)
                        .setReason(reason)
                        .build());
            case GENERATE ->
                Optional.of(GenerationCancellationRequested.newBuilder()
                        .setRunId(id)
                        .setReason(reason)
                        .build());
            case AUGMENT ->
                Optional.of(AugmentationCancellationRequested.newBuilder()
                        .setRunId(id)
                        .setReason(reason)
                        .build());
            case FREEZE_PRETRAINING, FREEZE_SFT ->
                Optional.of(FreezeCancellationRequested.newBuilder()
                        .setRunId(id)
                        .setReason(reason)
                        .build());
            case PRETRAIN, FINE_TUNE, EVALUATE_BASE, EVALUATE ->
                Optional.of(TrainingCancellationRequested.newBuilder()
                        .setRunId(id)
                        .setReason(reason)
                        .build());
            case DEPLOY_BASE, DEPLOY -> Optional.empty();
        };
    }
}
