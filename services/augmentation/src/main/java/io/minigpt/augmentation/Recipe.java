package io.minigpt.augmentation;

import io.minigpt.teacher.PromptTemplate;
import io.minigpt.teacher.Prompts;
import java.util.Locale;

/** How a question is varied. */
public enum Recipe {
    /** Other wordings of the question; the answer stays. */
    QUESTION,
    /** Other wordings of question and answer together. */
    PAIR;

    /** Its name in the database, the events and the REST interface. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The prompt that asks for it. */
    public PromptTemplate prompt(Prompts prompts) {
        return switch (this) {
            case QUESTION -> prompts.variants();
            case PAIR -> prompts.rewrites();
        };
    }

    /** The recipe with this {@link #text()}. @throws IllegalArgumentException if there is none */
    public static Recipe of(String text) {
        for (Recipe recipe : values()) {
            if (recipe.text().equals(text)) {
                return recipe;
            }
        }
        throw new IllegalArgumentException("recipes: '" + text + "' is not question or pair");
    }
}
