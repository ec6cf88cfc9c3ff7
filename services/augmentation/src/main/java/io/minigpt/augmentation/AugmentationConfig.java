package io.minigpt.augmentation;

import io.minigpt.teacher.configuration.TeachingConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Settings of augmentation. */
@ConfigMapping(prefix = "minigpt.augmentation")
public interface AugmentationConfig extends TeachingConfig {

    /** Variants of a question that a run wants when it does not say how many. */
    @WithDefault("10")
    int variants();

    /** Recipes of a run that names none: question, pair (question and answer together) or both. */
    @WithDefault("question")
    List<Recipe> recipes();

    /** Smallest edit distance of a variant from its question, in code points. */
    @WithDefault("1")
    int minDistance();

    /** Largest edit distance. */
    @WithDefault("4")
    int maxDistance();

    /** Largest edit distance of an answer that is reworded with its question. */
    @WithDefault("8")
    int maxAnswerDistance();
}
