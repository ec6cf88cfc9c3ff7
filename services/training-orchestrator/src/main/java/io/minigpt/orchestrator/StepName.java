package io.minigpt.orchestrator;

import com.google.protobuf.Message;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.RegenerationPlan;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.training.v1.ModelVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The steps of pipeline runs, each after all that it needs. A run may do without some of them. */
public enum StepName {
    PLAN("plan", "documents", RegenerationPlan.getDefaultInstance()),
    GENERATE("generate", "documents", StreamRevision.getDefaultInstance(), PLAN),
    AUGMENT("augment", "questions", StreamRevision.getDefaultInstance(), PLAN),
    FREEZE_PRETRAINING("freeze-pretraining", "records", DatasetVersion.getDefaultInstance()),
    FREEZE_SFT("freeze-sft", "records", DatasetVersion.getDefaultInstance(), GENERATE, AUGMENT),
    PRETRAIN("pretrain", "steps", ModelVersion.getDefaultInstance(), FREEZE_PRETRAINING),
    FINE_TUNE("fine-tune", "steps", ModelVersion.getDefaultInstance(), PRETRAIN, FREEZE_SFT),
    EVALUATE_BASE("evaluate-base", "items", null, PRETRAIN),
    EVALUATE("evaluate", "items", null, FINE_TUNE),
    DEPLOY_BASE("deploy-base", "models", null, EVALUATE_BASE),
    DEPLOY("deploy", "models", null, EVALUATE);

    private final String label;
    private final String unit;
    private final Message output;
    private final List<StepName> needs;

    StepName(String label, String unit, Message output, StepName... needs) {
        this.label = label;
        this.unit = unit;
        this.output = output;
        this.needs = List.of(needs);
    }

    /** Name in the interface, in events and in run ids. */
    public String label() {
        return label;
    }

    /** What its progress counts. */
    public String unit() {
        return unit;
    }

    /** The empty message of what it hands to later steps, if it hands on anything. */
    public Optional<Message> output() {
        return Optional.ofNullable(output);
    }

    /** Steps that must have succeeded before it starts, as far as the run has them. */
    public List<StepName> needs() {
        return needs;
    }

    /** The step with this label. */
    public static Optional<StepName> labelled(String label) {
        return Arrays.stream(values()).filter(name -> name.label.equals(label)).findFirst();
    }
}
