package io.minigpt.tokenization;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * A proof that a version's files can be made again, and how far it is.
 *
 * @param id its id
 * @param dataset name of the dataset
 * @param version number of the version
 * @param state queued, running, succeeded, failed or cancelled
 * @param reason why it failed
 * @param proven whether every file is intact and was made again with the same bytes; null before it ended
 * @param files what was found of each file
 * @param createdAt when it was asked for
 * @param finishedAt when it ended; null before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rebuild(
        String id,
        String dataset,
        int version,
        String state,
        String reason,
        Boolean proven,
        List<FileProof> files,
        Instant createdAt,
        Instant finishedAt) {

    public Rebuild {
        files = List.copyOf(files);
    }
}
