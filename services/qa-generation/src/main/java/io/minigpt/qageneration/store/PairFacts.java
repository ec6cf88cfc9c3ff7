package io.minigpt.qageneration.store;

import io.minigpt.platform.Ids;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import io.minigpt.qageneration.FoundPair;
import io.minigpt.qageneration.Run;
import java.util.List;

/** Ids of pairs and what is published about them. */
final class PairFacts {

    private PairFacts() {}

    /** A pair's id. The document is part of it: the same text may be in several corpora. */
    static String id(Run run, RunDocument document, FoundPair pair) {
        return Ids.of(
                "generated-pair",
                document.documentId(),
                document.documentVersion(),
                run.promptVersion(),
                run.teacherVersion(),
                Integer.toString(pair.ordinal()));
    }

    static PairGenerated generated(Run run, RunDocument document, FoundPair pair, long number, List<Long> superseded) {
        return PairGenerated.newBuilder()
                .setPosition(position(run.stream(), number, superseded))
                .setCorpus(run.corpus())
                .setPairId(id(run, document, pair))
                .setDocumentId(document.documentId())
                .setDocumentVersion(document.documentVersion())
                .setDocumentSequence(document.sequence())
                .setOrdinal(pair.ordinal())
                .setStart(pair.start())
                .setEnd(pair.end())
                .setQuestion(pair.question())
                .setAnswer(pair.answer())
                .setPromptVersion(run.promptVersion())
                .setTeacher(run.teacherLabel())
                .setRunId(run.id())
                .setTeacherCallId(pair.callId())
                .build();
    }

    static PairRetracted retracted(String corpus, KnownPair pair, long number, String reason) {
        return PairRetracted.newBuilder()
                .setPosition(position(Run.stream(corpus), number, pair.published()))
                .setCorpus(corpus)
                .setPairId(pair.id())
                .setReason(reason)
                .build();
    }

    private static StreamPosition position(String stream, long number, List<Long> superseded) {
        return StreamPosition.newBuilder()
                .setStream(stream)
                .setRevision(number)
                .addAllSuperseded(superseded)
                .build();
    }
}
