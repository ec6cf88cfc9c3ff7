package io.minigpt.worker;

import io.minigpt.gpt.DeviceNeeds;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.proto.training.v1.TrainingRequested;

/** Whether a worker can do what was asked for. */
public final class Fit {

    private Fit() {}

    /** Whether the offer has what the work needs. What cannot be done anywhere fits, so that somebody says why. */
    public static boolean fits(Work work, Offer offer) {
        return needs(work).lacking(offer.gpu(), offer.memoryBytes()).isEmpty();
    }

    private static DeviceNeeds needs(Work work) {
        return switch (work) {
            case Work.Training(TrainingRequested request) -> {
                try {
                    TrainingPlan plan = TrainingPlan.of(request);
                    yield DeviceNeeds.of(plan.training(), plan.model(), request.getCpuAllowed());
                } catch (PermanentFailureException e) {
                    yield DeviceNeeds.NONE;
                }
            }
            case Work.Evaluation _ -> DeviceNeeds.NONE;
        };
    }
}
