package io.minigpt.teacher.run;

/** Where a run stands. Each state has the transitions that it allows; the others throw. */
public sealed interface RunState {

    /** Its inputs have not all arrived, or it has not begun. */
    record Waiting() implements RunState {}

    /** Its subjects are fixed and are being worked on. */
    record Running() implements RunState {}

    /** No call is made until it is resumed. @param reason for people */
    record Paused(String reason) implements RunState {}

    /** Every subject has been worked on. */
    record Succeeded() implements RunState {}

    /** It cannot go on. @param reason for people */
    record Failed(String reason) implements RunState {}

    /** Somebody stopped it. @param reason for people */
    record Cancelled(String reason) implements RunState {}

    /** Whether nothing happens to it any more. */
    default boolean ended() {
        return switch (this) {
            case Waiting _, Running _, Paused _ -> false;
            case Succeeded _, Failed _, Cancelled _ -> true;
        };
    }

    /** Its subjects are fixed. */
    default RunState started() {
        if (!(this instanceof Waiting)) {
            throw new IllegalStateException("a run that is " + name() + " cannot start");
        }
        return new Running();
    }

    /** No more calls for now. */
    default RunState paused(String reason) {
        if (!(this instanceof Running)) {
            throw new IllegalStateException("a run that is " + name() + " cannot be paused");
        }
        return new Paused(reason);
    }

    /** Calls again. */
    default RunState resumed() {
        if (!(this instanceof Paused)) {
            throw new IllegalStateException("a run that is " + name() + " cannot be resumed");
        }
        return new Running();
    }

    /** All is done; what was under way when it was paused may have been the last. */
    default RunState succeeded() {
        if (!(this instanceof Running) && !(this instanceof Paused)) {
            throw new IllegalStateException("a run that is " + name() + " cannot succeed");
        }
        return new Succeeded();
    }

    /** It cannot go on. */
    default RunState failed(String reason) {
        requireOpen("fail");
        return new Failed(reason);
    }

    /** Somebody stopped it. */
    default RunState cancelled(String reason) {
        requireOpen("be cancelled");
        return new Cancelled(reason);
    }

    /** Its name in the database and the interface. */
    default String name() {
        return switch (this) {
            case Waiting _ -> "waiting";
            case Running _ -> "running";
            case Paused _ -> "paused";
            case Succeeded _ -> "succeeded";
            case Failed _ -> "failed";
            case Cancelled _ -> "cancelled";
        };
    }

    /** Why it is paused or ended early; null if it is not and did not. */
    default String reason() {
        return switch (this) {
            case Paused(String reason) -> reason;
            case Failed(String reason) -> reason;
            case Cancelled(String reason) -> reason;
            case Waiting _, Running _, Succeeded _ -> null;
        };
    }

    /** The state with this name. */
    static RunState of(String name, String reason) {
        return switch (name) {
            case "waiting" -> new Waiting();
            case "running" -> new Running();
            case "paused" -> new Paused(reason);
            case "succeeded" -> new Succeeded();
            case "failed" -> new Failed(reason);
            case "cancelled" -> new Cancelled(reason);
            default -> throw new IllegalArgumentException("no run state '" + name + "'");
        };
    }

    private void requireOpen(String what) {
        if (ended()) {
            throw new IllegalStateException("a run that is " + name() + " cannot " + what);
        }
    }
}
