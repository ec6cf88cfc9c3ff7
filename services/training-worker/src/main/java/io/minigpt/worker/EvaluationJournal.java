package io.minigpt.worker;

import io.minigpt.proto.training.v1.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What an evaluation leaves behind and tells the world, under its lease. */
public interface EvaluationJournal {

    /** Tells that this worker took the run. @param items to answer */
    void started(long items);

    /** Tells how far it is, not more often than is of use. @param done items answered */
    void progressed(long done, long items);

    /** Ends the run as succeeded. @param answers every answer with its scores, one JSON object a line */
    void finished(List<Metric> metrics, Path answers) throws IOException;

    /** Returns unless the run must stop: somebody asked for that, another worker has it, or this one is stopping. */
    void checkStop();
}
