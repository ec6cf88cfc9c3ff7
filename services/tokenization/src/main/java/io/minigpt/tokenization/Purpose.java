package io.minigpt.tokenization;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.dataset.v1.DatasetKind;
import java.util.Locale;

/** What a dataset is for. */
public enum Purpose {
    /** Running text. */
    PRETRAINING(DatasetKind.DATASET_KIND_PRETRAINING),
    /** Question-answer pairs for supervised fine-tuning. */
    SFT(DatasetKind.DATASET_KIND_SFT);

    private final DatasetKind proto;

    Purpose(DatasetKind proto) {
        this.proto = proto;
    }

    /** Its name in the database, in files and in the REST interface. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its value in events. */
    public DatasetKind proto() {
        return proto;
    }

    /** The purpose with this {@link #text()}. @throws InvalidRequestException if there is none */
    public static Purpose of(String text) {
        for (Purpose purpose : values()) {
            if (purpose.text().equals(text)) {
                return purpose;
            }
        }
        throw new InvalidRequestException("kind '" + text + "' is not pretraining or sft");
    }

    /** The purpose of an event. @throws InvalidRequestException if the event names none */
    public static Purpose of(DatasetKind proto) {
        for (Purpose purpose : values()) {
            if (purpose.proto == proto) {
                return purpose;
            }
        }
        throw new InvalidRequestException("kind " + proto + " is not pretraining or sft");
    }
}
