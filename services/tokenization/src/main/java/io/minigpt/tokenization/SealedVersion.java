package io.minigpt.tokenization;

import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.event.v1.StreamRevision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An immutable version of a dataset with where it came from.
 *
 * @param version its content
 * @param selection what it was selected by
 * @param inputs the streams it contains
 * @param runId the freeze that made it
 * @param requestedBy who asked, for people
 * @param reason why, for people
 * @param sealedAt when, by the database's clock
 * @param withdrawal that its files are gone; empty while they are there
 */
public record SealedVersion(
        DatasetVersion version,
        Selection selection,
        List<StreamRevision> inputs,
        String runId,
        String requestedBy,
        String reason,
        Instant sealedAt,
        Optional<Withdrawal> withdrawal) {

    public SealedVersion {
        inputs = List.copyOf(inputs);
    }
}
