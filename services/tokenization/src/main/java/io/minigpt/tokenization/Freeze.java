package io.minigpt.tokenization;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.event.v1.StreamRevision;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request to freeze the next version of a dataset.
 *
 * @param runId its id, chosen by whoever asks
 * @param name name of the dataset
 * @param purpose what the dataset is for
 * @param selection which records
 * @param inputs what must have arrived before it starts
 * @param requestedBy who asked, for people
 * @param reason why, for people
 */
public record Freeze(
        String runId,
        String name,
        Purpose purpose,
        Selection selection,
        List<StreamRevision> inputs,
        String requestedBy,
        String reason) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");
    /** Words that stand in the place of a dataset's name in the REST interface. */
    private static final Set<String> RESERVED = Set.of("runs", "plan", "records", "rebuilds", "evaluation-sets");

    public Freeze {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(requestedBy, "requestedBy");
        Objects.requireNonNull(reason, "reason");
        if (runId == null || runId.isBlank()) {
            throw new InvalidRequestException("the run id is missing");
        }
        if (name == null || !NAME.matcher(name).matches() || RESERVED.contains(name)) {
            throw new InvalidRequestException("dataset name '" + name
                    + "' is not 1 to 100 lower-case letters, digits and dashes, or is one of " + RESERVED);
        }
        inputs = List.copyOf(inputs);
    }
}
