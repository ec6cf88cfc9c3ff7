package io.minigpt.inference;

import java.time.Instant;
import java.util.List;

/** Keeps traces. */
public interface TraceLog {

    /** Keeps new ones. */
    void add(List<Trace> traces);

    /** The texts of a response, in their order; none if it is not known. */
    List<Trace> find(String id);

    /** Forgets those of before. @return how many they were */
    int forget(Instant before);
}
