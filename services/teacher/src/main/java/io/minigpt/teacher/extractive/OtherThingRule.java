package io.minigpt.teacher.extractive;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A sentence about something other than the topic, named at its start: the table of predicates fits it as well. */
final class OtherThingRule implements Rule {

    private static final Pattern NAMED = Pattern.compile("^(?<name>[\\p{IsHan}A-Za-z0-9·]{2,12}?|《[^》]+》)(?<predicate>"
            + Words.ADVERBS + Predicates.STARTS + ".+)$");
    static final Pattern NO_NAME = Pattern.compile("[的了是在有把将被不也都则就却便并与和及或为于以其这那此该它他她]|^(?:" + Times.ANY + "|"
            + Words.NO_NAMES + ")|" + Words.NO_NAME_ENDS + "$|国际|自然");

    private static final Set<String> PLAIN = Set.of(
            "place", "when", "origin", "route", "parts", "maker", "class", "alias", "called", "famous", "use", "food");
    /** With two characters these are mostly common nouns that mean something only in their text. */
    private static final Set<String> OF_LONG_NAMES = Set.of("when", "maker", "class", "alias", "called");

    private static final Pattern ACTION = Pattern.compile("^[\\p{IsHan}]{2,4}(?:含有|富含|保护|运输|抵抗|吸收|阻挡|支撑|分泌|杀死|防止|负责)");
    private static final Pattern POINTING = Pattern.compile(Words.POINTING);
    private static final Pattern PART = Pattern.compile(Words.PARTS);

    @Override
    public Stream<Draft> drafts(Line line, Topic topic) {
        return line.parts().stream()
                .filter(part -> topic.startOf(part).isEmpty())
                .flatMap(part -> drafts(line, topic, part));
    }

    private static Stream<Draft> drafts(Line line, Topic topic, String part) {
        Matcher named = NAMED.matcher(part);
        if (!named.matches()
                || NO_NAME.matcher(named.group("name")).find()
                || Predicates.startsPredicate(part)
                || POINTING.matcher(part).find()) {
            return Stream.empty();
        }
        String owner = PART.matcher(named.group("name")).matches() ? topic.name() + "的" : "";
        Clause clause = new Clause(owner + named.group("name"), named.group("predicate"), true);
        return Predicates.drafts(clause, line.number(), false)
                .filter(draft -> clause.subject().length() > 2 || !OF_LONG_NAMES.contains(draft.kind()))
                .filter(draft -> PLAIN.contains(draft.kind())
                        || ACTION.matcher(draft.answer()).find())
                .map(draft -> new Draft(
                        draft.kind() + ":" + clause.subject(),
                        draft.question().replace(clause.subject() + "的", clause.subject()),
                        draft.answer(),
                        draft.score() - 12,
                        draft.sentence()));
    }
}
