package io.minigpt.teacher.http;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.teacher.run.Budget;
import io.minigpt.teacher.run.RunRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** What is asked for in a body; each service adds its own properties. */
public interface RunOrder<S> {

    /** Id of the run; null for a new one. */
    String id();

    /** The corpus. */
    String corpus();

    /** The corpus must have arrived up to this revision; null to start at once. */
    Long corpusRevision();

    /** Name of the teacher; null for the configured one. */
    String teacher();

    /** Tokens that the run may spend; null for any number. */
    Long maxTokens();

    /** Money that the run may spend; null for any amount. */
    BigDecimal maxCost();

    /** What the service's runs have of their own. @throws IllegalArgumentException naming what is wrong */
    S scope();

    /** The request. @throws InvalidRequestException naming what is wrong */
    default RunRequest<S> request() {
        try {
            return new RunRequest<>(
                    id() == null ? UUID.randomUUID().toString() : id(),
                    corpus() == null ? "" : corpus(),
                    corpusRevision() == null
                            ? List.of()
                            : List.of(StreamRevision.newBuilder()
                                    .setStream("corpus/" + corpus())
                                    .setRevision(corpusRevision())
                                    .build()),
                    scope(),
                    teacher() == null ? "" : teacher(),
                    Budget.of(maxTokens(), maxCost()));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(e.getMessage(), e);
        }
    }
}
