package io.minigpt.augmentation.store;

import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.Run;
import io.minigpt.platform.Ids;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.augmentation.v1.VariantRetracted;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.teacher.EditDistance;
import java.util.List;

/** Ids of variants and what is published about them. */
final class VariantFacts {

    private VariantFacts() {}

    static String id(Run run, Parent parent, int ordinal) {
        return Ids.of(
                "variant",
                parent.id(),
                parent.content(),
                Run.RECIPE,
                run.promptVersion(),
                run.teacherVersion(),
                Integer.toString(ordinal));
    }

    static VariantGenerated generated(
            Run run, Parent parent, int ordinal, String question, long number, List<Long> superseded) {
        return VariantGenerated.newBuilder()
                .setPosition(position(run.corpus(), number, superseded))
                .setCorpus(run.corpus())
                .setPairId(id(run, parent, ordinal))
                .setParentId(parent.id())
                .setParentSource(parent.source().proto())
                .setFamilyId(parent.familyId())
                .setOrdinal(ordinal)
                .setQuestion(question)
                .setAnswer(parent.answer())
                .setRecipe(Run.RECIPE)
                .setPromptVersion(run.promptVersion())
                .setTeacher(run.teacherLabel())
                .setRunId(run.id())
                .setEditDistance(EditDistance.between(question, parent.question()))
                .build();
    }

    static VariantRetracted retracted(String corpus, KnownVariant variant, long number, String reason) {
        return VariantRetracted.newBuilder()
                .setPosition(position(corpus, number, variant.published()))
                .setCorpus(corpus)
                .setPairId(variant.id())
                .setReason(reason)
                .build();
    }

    private static StreamPosition position(String corpus, long number, List<Long> superseded) {
        return StreamPosition.newBuilder()
                .setStream(Run.stream(corpus))
                .setRevision(number)
                .addAllSuperseded(superseded)
                .build();
    }
}
