package io.minigpt.teacher.extractive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** "The kinds of X are A, B and C": asks which there are. */
final class KindsRule implements Rule {

    private static final String NOUNS = Words.KINDS;
    private static final Pattern PREDICATE = Pattern.compile("^(?:的)?(?<which>主要的?|常见的?|著名的?|重要的?|传统的?)?(?<noun>"
            + NOUNS + ")(?:主要)?(?:有|包括)(?<list>[^，]{1,12}、[^，]{1,40})$");

    @Override
    public Stream<Draft> drafts(Line line, Topic topic) {
        Stream<Draft> known =
                line.clauses().stream().flatMap(clause -> draft(line, clause.subject(), clause.predicate()).stream());
        Stream<Draft> leftOut = line.aboutTopic()
                ? line.parts().stream()
                        .skip(1)
                        .flatMap(part -> draft(line, line.clauses().getFirst().subject(), part).stream())
                : Stream.empty();
        return Stream.concat(known, leftOut);
    }

    private static Optional<Draft> draft(Line line, String subject, String predicate) {
        Matcher kinds = PREDICATE.matcher(predicate);
        if (!kinds.matches()) {
            return Optional.empty();
        }
        String which = kinds.group("which") == null ? "" : kinds.group("which");
        String asked = subject + "的" + which + kinds.group("noun") + "有哪些？";
        String answer = subject + (predicate.startsWith("的") ? "" : "的") + predicate + "。";
        return Optional.of(new Draft("kinds:" + kinds.group("noun"), asked, answer, 80, line.number()));
    }
}
