package io.minigpt.registry;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.training.v1.Stage;

/** What made a version. */
public enum ModelStage {
    PRETRAIN("pretrain", Stage.STAGE_PRETRAIN),
    SFT("sft", Stage.STAGE_SFT);

    private final String label;
    private final Stage message;

    ModelStage(String label, Stage message) {
        this.label = label;
        this.message = message;
    }

    /** Name in the interface and in the database. */
    public String label() {
        return label;
    }

    /** The same in events. */
    public Stage message() {
        return message;
    }

    /** @throws IllegalArgumentException if the event does not say */
    public static ModelStage of(Stage stage) {
        return switch (stage) {
            case STAGE_PRETRAIN -> PRETRAIN;
            case STAGE_SFT -> SFT;
            case STAGE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("stage " + stage + " is unknown");
        };
    }

    /** @throws InvalidRequestException if there is no stage of that name */
    public static ModelStage labelled(String label) {
        for (ModelStage stage : values()) {
            if (stage.label.equals(label)) {
                return stage;
            }
        }
        throw new InvalidRequestException("stage '" + label + "' must be pretrain or sft");
    }
}
