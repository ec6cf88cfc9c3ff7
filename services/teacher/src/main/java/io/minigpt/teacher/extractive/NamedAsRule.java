package io.minigpt.teacher.extractive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** "Sound of a higher frequency is called ultrasound": asks what it is called. */
final class NamedAsRule implements Rule {

    private static final Pattern CLAUSE = Pattern.compile(
            "^(?<what>[^，]{4,24}?)(?<verb>称为|叫作|叫做|称作|被称为|被称作|被叫作|合称为?|统称为?|俗称" + "|又称)(?<name>[“「《]?[^，的了]{2,14})$");
    private static final Pattern NOT_ALONE = Pattern.compile("^(?:" + Words.ADVERBS + ")(?:[但而并又也还才被分]|因|所以|故|由|从|"
            + Words.POINTING + "|人们|后人|古人|民间|其中|有时|科学家|一般|当地)|把|将|搭配|^[有没第]|[，、的]$|常$|也$|又$|还$|并$");

    @Override
    public Stream<Draft> drafts(Line line, Topic topic) {
        return line.parts().stream().flatMap(part -> draft(line, part).stream());
    }

    private static Optional<Draft> draft(Line line, String part) {
        Matcher clause = CLAUSE.matcher(part);
        if (!clause.matches() || NOT_ALONE.matcher(clause.group("what")).find()) {
            return Optional.empty();
        }
        String asked = clause.group("what") + clause.group("verb") + "什么？";
        return Optional.of(new Draft("named:" + clause.group("what"), asked, part + "。", 80, line.number()));
    }
}
