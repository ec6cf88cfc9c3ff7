package io.minigpt.qageneration.store;

import io.minigpt.platform.Ids;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.proto.generation.v1.PairGenerated;
import io.minigpt.proto.generation.v1.PairRetracted;
import io.minigpt.qageneration.FoundPair;
import io.minigpt.qageneration.GenerationScope;
import io.minigpt.teacher.run.KnownResult;
import io.minigpt.teacher.run.Run;
import io.minigpt.teacher.run.RunSubject;

/** Ids of pairs and what is published about them. */
final class PairFacts {

    private PairFacts() {}

    /** A pair's id. The document is part of it: the same text may be in several corpora. */
    static String id(Run<GenerationScope> run, RunSubject document, FoundPair pair) {
        return Ids.of(
                "generated-pair",
                document.id(),
                document.version(),
                run.promptVersion(),
                run.teacherVersion(),
                Integer.toString(pair.ordinal()));
    }

    static PairGenerated generated(
            Run<GenerationScope> run, RunSubject document, FoundPair pair, StreamPosition position) {
        return PairGenerated.newBuilder()
                .setPosition(position)
                .setCorpus(run.corpus())
                .setPairId(id(run, document, pair))
                .setDocumentId(document.id())
                .setDocumentVersion(document.version())
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

    static PairRetracted retracted(String corpus, KnownResult pair, StreamPosition position, String reason) {
        return PairRetracted.newBuilder()
                .setPosition(position)
                .setCorpus(corpus)
                .setPairId(pair.id())
                .setReason(reason)
                .build();
    }
}
