package io.minigpt.teacher.extractive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** "X is divided into A, B and C": asks into which parts. */
final class SplitRule implements Rule {

    private static final Pattern PREDICATE = Pattern.compile("^" + Words.ADVERBS + "(?:可以?)?(?:被)?(?<verb>分为|分成|划分为"
            + "|划分成)(?<list>.{3,40}?)(?<count>[两二三四五六七八九十]+大?(?:[种类个部组支大层级门项科期阶段派系]{1,2})[^，、]{0,4})?$");

    @Override
    public Stream<Draft> drafts(Line line, Topic topic) {
        return line.clauses().stream().flatMap(clause -> draft(line, clause).stream());
    }

    private static Optional<Draft> draft(Line line, Clause clause) {
        Matcher split = PREDICATE.matcher(clause.predicate());
        if (!split.matches()
                || !split.group("list").contains("、") && !split.group("list").contains("和")) {
            return Optional.empty();
        }
        String count = split.group("count");
        String into = count == null ? "哪几种" : "哪" + count;
        String asked = clause.subject() + split.group("verb") + into + "？";
        return Optional.of(new Draft("split", asked, clause.text() + "。", 86, line.number()));
    }
}
