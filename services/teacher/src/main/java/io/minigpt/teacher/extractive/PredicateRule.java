package io.minigpt.teacher.extractive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of the table of predicates: how to ask for what stands behind a verb.
 *
 * @param kind see {@link Draft#kind()}
 * @param score see {@link Draft#score()}
 * @param verbs the verb or noun that the predicate starts with, as alternatives of a regular expression
 * @param pattern the whole predicate; group {@code verb} is the verb
 * @param question with {@code {s}} for the subject, {@code {m}} for "mainly" where the text has it, {@code {v}} for the
 *     verb and {@code {1}}, {@code {2}} for groups
 */
record PredicateRule(String kind, int score, String verbs, Pattern pattern, String question) {

    static PredicateRule of(String kind, int score, String verbs, String rest, String question) {
        Pattern pattern =
                Pattern.compile("^(?<adverbs>" + Words.ADVERBS + ")(?<verb>" + verbs + ")(?<rest>" + rest + ")$");
        return new PredicateRule(kind, score, verbs, pattern, question);
    }

    Optional<Draft> apply(Clause clause, int sentence) {
        Matcher predicate = pattern.matcher(clause.predicate());
        if (!predicate.matches()) {
            return Optional.empty();
        }
        String asked = question.replace("{s}", clause.subject())
                .replace("{m}", predicate.group("adverbs").contains("主要") ? "主要" : "")
                .replace("{v}", predicate.group("verb"));
        // groups 1 to 3 are the named ones
        for (int group = 4; group <= predicate.groupCount(); group++) {
            String value = predicate.group(group);
            asked = asked.replace("{" + (group - 3) + "}", value == null ? "" : value);
        }
        // "also" and "then" point to another sentence
        String said = clause.predicate().replaceFirst("^(?:[则还即却]|[也又](?![叫称名作]))", "");
        return Optional.of(new Draft(kind, asked + "？", clause.subject() + said + "。", score, sentence));
    }
}
