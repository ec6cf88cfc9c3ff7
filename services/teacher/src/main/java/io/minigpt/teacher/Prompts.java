package io.minigpt.teacher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The prompts of a system, from the files of one folder that are named like {@code questions.zh.md}.
 *
 * @param questions asks for pairs about a passage
 * @param sentences asks for pairs about one sentence of a passage
 * @param variants asks for other wordings of a question
 * @param rewrites asks for other wordings of a question and its answer together
 */
public record Prompts(
        PromptTemplate questions, PromptTemplate sentences, PromptTemplate variants, PromptTemplate rewrites) {

    private static final Set<String> QUESTIONS = Set.of("title", "passage", "count", "known", "hint");
    private static final Set<String> SENTENCES = Set.of("title", "context", "passage", "count", "known", "hint");
    private static final Set<String> VARIANTS = Set.of("question", "answer", "count", "known", "hint");

    public Prompts {
        Objects.requireNonNull(questions, "questions");
        Objects.requireNonNull(sentences, "sentences");
        Objects.requireNonNull(variants, "variants");
        Objects.requireNonNull(rewrites, "rewrites");
    }

    /**
     * Reads the files.
     *
     * @throws PromptException when one of them cannot be used
     */
    public static Prompts load(Path folder) {
        return new Prompts(
                PromptTemplate.load(folder.resolve("questions.zh.md"), QUESTIONS),
                PromptTemplate.load(folder.resolve("sentences.zh.md"), SENTENCES),
                PromptTemplate.load(folder.resolve("variants.zh.md"), VARIANTS),
                PromptTemplate.load(folder.resolve("rewrites.zh.md"), VARIANTS));
    }

    /** The template for a request. */
    public PromptTemplate of(TeacherRequest request) {
        return switch (request) {
            case QuestionsRequest asked -> asked.context().isEmpty() ? questions : sentences;
            case VariantsRequest asked -> asked.answerToo() ? rewrites : variants;
        };
    }

    /** The values of its placeholders. */
    public static Map<String, String> values(TeacherRequest request) {
        return switch (request) {
            case QuestionsRequest asked ->
                Map.of(
                        "title", asked.title().isEmpty() ? "（无）" : asked.title(),
                        "context", asked.context(),
                        "passage", asked.passage(),
                        "count", Integer.toString(asked.wanted()),
                        "known", list(asked.known()),
                        "hint", asked.hint());
            case VariantsRequest asked ->
                Map.of(
                        "question", asked.question(),
                        "answer", asked.answer(),
                        "count", Integer.toString(asked.wanted()),
                        "known", list(asked.known()),
                        "hint", asked.hint());
        };
    }

    private static String list(List<String> known) {
        return known.isEmpty() ? "（无）" : known.stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
    }
}
