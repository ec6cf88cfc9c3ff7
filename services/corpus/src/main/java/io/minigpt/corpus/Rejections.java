package io.minigpt.corpus;

import java.util.List;

/** The lines that imports refused. */
public interface Rejections {

    /** Refused lines of an import after a line number, in their order, at most so many. */
    List<Rejection> rejections(String importId, long after, int limit);
}
