package io.minigpt.augmentation.store;

import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.Parent;
import io.minigpt.augmentation.Variant;
import io.minigpt.platform.Ids;
import io.minigpt.proto.augmentation.v1.VariantGenerated;
import io.minigpt.proto.augmentation.v1.VariantRetracted;
import io.minigpt.proto.event.v1.StreamPosition;
import io.minigpt.teacher.EditDistance;
import io.minigpt.teacher.run.KnownResult;
import io.minigpt.teacher.run.Run;

/** Ids of variants and what is published about them. */
final class VariantFacts {

    private VariantFacts() {}

    static String id(Run<AugmentationScope> run, Parent parent, Variant variant) {
        return Ids.of(
                "variant",
                parent.id(),
                parent.content(),
                variant.recipe().text(),
                variant.promptVersion(),
                run.teacherVersion(),
                Integer.toString(variant.ordinal()));
    }

    static VariantGenerated generated(
            Run<AugmentationScope> run, Parent parent, Variant variant, StreamPosition position) {
        return VariantGenerated.newBuilder()
                .setPosition(position)
                .setCorpus(run.corpus())
                .setPairId(id(run, parent, variant))
                .setParentId(parent.id())
                .setParentSource(parent.source().proto())
                .setFamilyId(parent.familyId())
                .setOrdinal(variant.ordinal())
                .setQuestion(variant.question())
                .setAnswer(variant.answer())
                .setRecipe(variant.recipe().text())
                .setPromptVersion(variant.promptVersion())
                .setTeacher(run.teacherLabel())
                .setRunId(run.id())
                .setEditDistance(EditDistance.between(variant.question(), parent.question()))
                .build();
    }

    static VariantRetracted retracted(String corpus, KnownResult variant, StreamPosition position, String reason) {
        return VariantRetracted.newBuilder()
                .setPosition(position)
                .setCorpus(corpus)
                .setPairId(variant.id())
                .setReason(reason)
                .build();
    }
}
