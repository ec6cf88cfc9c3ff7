package io.minigpt.teacher.extractive;

import io.minigpt.teacher.Pair;
import io.minigpt.teacher.Passage;
import io.minigpt.teacher.Sentences;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes question-answer pairs from the definitional and factual sentences of a Chinese text. The same text gives the
 * same pairs.
 */
final class QuestionGenerator {

    private static final List<Rule> RULES = List.of(
            new DefinitionRule(),
            (line, topic) -> line.clauses().stream()
                    .flatMap(clause -> Predicates.drafts(clause, line.number(), topic.isPerson())),
            new AttributeRule(),
            new SplitRule(),
            new KindsRule(),
            new TimeRule(),
            new NumberRule(),
            new DoerRule(),
            new NamedAsRule(),
            new ReasonRule(),
            new OtherThingRule());

    /**
     * Kind of the question that turns a definition round: the only one that may have an answer that is there already.
     */
    private static final String TURNED = "which";

    private QuestionGenerator() {}

    /**
     * The best pairs, in the order of the text.
     *
     * @param known questions not to make again
     */
    static List<Pair> pairs(String title, String text, int wanted, Collection<String> known) {
        List<Passage> sentences = Sentences.in(text);
        Optional<Topic> topic = sentences.isEmpty()
                ? Optional.empty()
                : Topic.of(title, PlainText.plain(sentences.getFirst().text()));
        if (topic.isEmpty()) {
            return List.of();
        }
        List<Draft> drafts = new ArrayList<>();
        for (Line line : new Reader(topic.get()).read(text)) {
            RULES.stream()
                    .flatMap(rule -> rule.drafts(line, topic.get()))
                    .flatMap(draft -> Wording.smooth(draft, title + "\n" + text).stream())
                    .filter(draft -> !known.contains(draft.question()))
                    .forEach(drafts::add);
        }
        return best(drafts, wanted)
                .map(draft -> new Pair(draft.question(), draft.answer()))
                .toList();
    }

    /** One question of a kind, one of a sentence first; more of a sentence only when the others have no more. */
    private static Stream<Draft> best(List<Draft> drafts, int wanted) {
        List<Draft> ranked = new ArrayList<>(drafts);
        ranked.sort(Comparator.comparingInt(Draft::score).reversed().thenComparingInt(Draft::sentence));
        List<Draft> chosen = new ArrayList<>();
        for (int perSentence = 1; perSentence <= wanted && chosen.size() < wanted; perSentence++) {
            for (Draft draft : ranked) {
                if (chosen.size() < wanted && isNew(draft, chosen, perSentence)) {
                    chosen.add(draft);
                }
            }
        }
        return chosen.stream().sorted(Comparator.comparingInt(Draft::sentence));
    }

    private static boolean isNew(Draft draft, List<Draft> chosen, int perSentence) {
        Set<String> taken = new HashSet<>();
        int sameSentence = 0;
        for (Draft other : chosen) {
            taken.add(other.kind());
            taken.add(other.question());
            sameSentence += other.sentence() == draft.sentence() ? 1 : 0;
        }
        boolean answerTaken = chosen.stream()
                .anyMatch(other -> other.answer().equals(draft.answer())
                        && !TURNED.equals(other.kind())
                        && !TURNED.equals(draft.kind()));
        return !answerTaken
                && sameSentence < perSentence
                && !taken.contains(draft.kind())
                && !taken.contains(draft.question());
    }
}
