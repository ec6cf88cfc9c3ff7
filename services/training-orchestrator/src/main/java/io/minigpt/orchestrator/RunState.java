package io.minigpt.orchestrator;

import io.minigpt.proto.event.v1.Outcome;
import java.time.Instant;
import java.util.Optional;

/** Where a pipeline run, one of its steps, a training run or an evaluation stands. Each transition is a method. */
public sealed interface RunState {

    /** Waits for what it needs, or in a queue. */
    record Pending() implements RunState {
        @Override
        public RunState start(Instant at) {
            return new Running(at);
        }

        @Override
        public RunState pause(String reason) {
            return new Paused(Optional.empty(), reason);
        }

        @Override
        public RunState cancel(Instant at, String reason) {
            return new Cancelled(Optional.empty(), at, reason);
        }
    }

    /** Asked for or in work. */
    record Running(Instant since) implements RunState {
        @Override
        public RunState succeed(Instant at) {
            return new Succeeded(since, at);
        }

        @Override
        public RunState fail(Instant at, String reason) {
            return new Failed(since, at, reason);
        }

        @Override
        public RunState pause(String reason) {
            return new Paused(Optional.of(since), reason);
        }

        @Override
        public RunState queue() {
            return new Pending();
        }

        @Override
        public RunState cancel(Instant at, String reason) {
            return new Cancelled(Optional.of(since), at, reason);
        }
    }

    /** Held back; only runs of the workers are. @param since when it began, if it had @param why for people */
    record Paused(Optional<Instant> since, String why) implements RunState {
        @Override
        public RunState queue() {
            return new Pending();
        }

        @Override
        public RunState cancel(Instant at, String reason) {
            return new Cancelled(since, at, reason);
        }
    }

    /** Ended with its result. */
    record Succeeded(Instant since, Instant at) implements RunState {
        @Override
        public RunState again() {
            return new Pending();
        }
    }

    /** Ended without a result. @param why for people */
    record Failed(Instant since, Instant at, String why) implements RunState {
        @Override
        public RunState again() {
            return new Pending();
        }
    }

    /** Stopped. @param since when it began, if it had @param why for people */
    record Cancelled(Optional<Instant> since, Instant at, String why) implements RunState {
        @Override
        public RunState again() {
            return new Pending();
        }
    }

    /** Begins; only from pending. */
    default RunState start(Instant at) {
        throw new IllegalTransitionException(this, "start");
    }

    /** Ends with a result; only from running. */
    default RunState succeed(Instant at) {
        throw new IllegalTransitionException(this, "succeed");
    }

    /** Ends without a result; only from running. */
    default RunState fail(Instant at, String reason) {
        throw new IllegalTransitionException(this, "fail");
    }

    /** Is held back; from pending and running. */
    default RunState pause(String reason) {
        throw new IllegalTransitionException(this, "be paused");
    }

    /** Waits in the queue again; from running and paused. */
    default RunState queue() {
        throw new IllegalTransitionException(this, "be queued");
    }

    /** Is stopped; from pending, running and paused. */
    default RunState cancel(Instant at, String reason) {
        throw new IllegalTransitionException(this, "be cancelled");
    }

    /** Is to be done once more; from any end. */
    default RunState again() {
        throw new IllegalTransitionException(this, "be done again");
    }

    /** Ends as the service that did the work says it ended. */
    default RunState end(Outcome outcome, Instant at, String reason) {
        return switch (outcome) {
            case OUTCOME_SUCCEEDED -> succeed(at);
            case OUTCOME_CANCELLED -> cancel(at, reason);
            case OUTCOME_FAILED, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> fail(at, reason);
        };
    }

    /** Whether nothing more will happen unless somebody asks for it. */
    default boolean ended() {
        return switch (this) {
            case Pending _, Running _, Paused _ -> false;
            case Succeeded _, Failed _, Cancelled _ -> true;
        };
    }

    /** Name of the state in the interface and in the database. */
    default String label() {
        return switch (this) {
            case Pending _ -> "pending";
            case Running _ -> "running";
            case Paused _ -> "paused";
            case Succeeded _ -> "succeeded";
            case Failed _ -> "failed";
            case Cancelled _ -> "cancelled";
        };
    }

    /** When it began. */
    default Optional<Instant> startedAt() {
        return switch (this) {
            case Pending _ -> Optional.empty();
            case Running running -> Optional.of(running.since());
            case Paused paused -> paused.since();
            case Succeeded succeeded -> Optional.of(succeeded.since());
            case Failed failed -> Optional.of(failed.since());
            case Cancelled cancelled -> cancelled.since();
        };
    }

    /** When it ended. */
    default Optional<Instant> finishedAt() {
        return switch (this) {
            case Pending _, Running _, Paused _ -> Optional.empty();
            case Succeeded succeeded -> Optional.of(succeeded.at());
            case Failed failed -> Optional.of(failed.at());
            case Cancelled cancelled -> Optional.of(cancelled.at());
        };
    }

    /** Why it is held back, failed or was cancelled. */
    default Optional<String> reason() {
        return switch (this) {
            case Pending _, Running _, Succeeded _ -> Optional.empty();
            case Paused paused -> Optional.of(paused.why());
            case Failed failed -> Optional.of(failed.why());
            case Cancelled cancelled -> Optional.of(cancelled.why());
        };
    }

    /**
     * The state that its parts describe.
     *
     * @throws IllegalArgumentException if there is no state of that name
     */
    static RunState of(String label, Optional<Instant> since, Optional<Instant> at, String reason) {
        return switch (label) {
            case "pending" -> new Pending();
            case "running" -> new Running(since.orElseThrow());
            case "paused" -> new Paused(since, reason);
            case "succeeded" -> new Succeeded(since.orElseThrow(), at.orElseThrow());
            case "failed" -> new Failed(since.orElseThrow(), at.orElseThrow(), reason);
            case "cancelled" -> new Cancelled(since, at.orElseThrow(), reason);
            default -> throw new IllegalArgumentException("no run state '" + label + "'");
        };
    }
}
