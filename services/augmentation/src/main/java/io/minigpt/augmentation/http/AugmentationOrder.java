package io.minigpt.augmentation.http;

import io.minigpt.augmentation.AugmentationScope;
import io.minigpt.augmentation.ParentSource;
import io.minigpt.augmentation.Recipe;
import io.minigpt.teacher.http.RunOrder;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is asked for. */
@Schema(name = "AugmentationRunRequest")
public record AugmentationOrder(
        @Schema(description = "Id of the run; asking twice with one id starts it once. A new one if not given")
        String id,

        @Schema(required = true) String corpus,

        @Schema(description = "Wait until the corpus has arrived up to this revision")
        Long corpusRevision,

        @Schema(description = "curated, generated or both; curated if not given")
        List<String> sources,

        @Schema(description = "question, pair (question and answer together) or both; the configured ones if not given")
        List<String> recipes,

        @Schema(description = "Variants of each question by each recipe; the configured number if not given")
        Integer variants,

        @Schema(description = "Name of the teacher; the configured one if not given")
        String teacher,

        @Schema(description = "Tokens, sent and received, after which the run is paused")
        Long maxTokens,

        @Schema(description = "Money, in the currency of the configured prices, after which the run is paused")
        BigDecimal maxCost)
        implements RunOrder<AugmentationScope> {

    @Override
    public AugmentationScope scope() {
        List<ParentSource> wanted = sources == null
                ? List.of()
                : sources.stream().map(ParentSource::of).toList();
        List<Recipe> how =
                recipes == null ? List.of() : recipes.stream().map(Recipe::of).toList();
        return new AugmentationScope(wanted, variants == null ? 0 : variants, how);
    }
}
