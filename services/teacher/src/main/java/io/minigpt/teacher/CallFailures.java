package io.minigpt.teacher;

/**
 * Hears of the calls that bring no reply, those that are made again included, however deep in a chain of teachers they
 * fail: of those made while {@link #heardBy} runs, by its thread.
 */
public final class CallFailures {

    /** Hears of a call. */
    @FunctionalInterface
    public interface Listener {
        void failed(TeacherException failure);
    }

    private static final ScopedValue<Listener> LISTENER = ScopedValue.newInstance();

    private CallFailures() {}

    /** Does something that asks teachers; the listener may be told while it does. */
    public static <T, X extends Throwable> T heardBy(Listener listener, ScopedValue.CallableOp<? extends T, X> work)
            throws X {
        return ScopedValue.where(LISTENER, listener).call(work);
    }

    static void tell(TeacherException failure) {
        if (LISTENER.isBound()) {
            LISTENER.get().failed(failure);
        }
    }
}
