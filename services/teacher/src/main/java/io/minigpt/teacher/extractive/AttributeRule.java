package io.minigpt.teacher.extractive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** "The A of X is Y", also where X is left out: asks what the A of X is. */
final class AttributeRule implements Rule {

    static final String NOUNS = Words.ATTRIBUTES;
    private static final Pattern OF = Pattern.compile(
            "^的(?<noun>[^的，是为有在]{1,10}?)(?:主要|通常|一般|大多|都|均|则|就|也|正|目前)*(?:是|为)(?<value>(?!否|由|因|了" + "|以).{1,40})$");
    private static final Pattern OTHER = Pattern.compile("^(?<subject>[^，的是为有在]{2,10})的(?<noun>" + NOUNS
            + "|冰点|沸点|熔点|名称|名字)(?:主要|通常|则|就|也|都)*(?:是|为)(?<value>(?!否|由|因|了|以).{1,30})$");
    private static final Pattern LEFT_OUT =
            Pattern.compile("^(?<noun>" + NOUNS + ")(?:则|就|也|都|均|主要)*(?:是|为)(?<value>(?!否|由|因|了).{1,40})$");
    private static final Pattern PERSON =
            Pattern.compile("作者|人$|者$|导演|编剧|主演|校长|市长|总裁|主席|父亲|母亲|妻子|丈夫|[哥弟姐妹]|儿子|女儿|祖父|老师|主角|主人公|歌手|作曲|作词|总统|首相|国王"
                    + "|皇帝|队长|教练|主教练|会长|董事长|经理|院长|部长");
    private static final Pattern PLACE = Pattern.compile("首都|首府|省会|总部|产地|出生地|家乡|故乡|籍贯|发源地|源头|位置|地点");
    private static final Pattern AMOUNT = Pattern.compile(
            "^(?:约|大约|超过|近|达)*(?:[0-9]|百分之|[零一二两三四五六七八九十百千万亿点]{2,}|[零二两三四五六七八九十]" + Words.UNITS + ").*$");
    private static final Pattern COLOUR = Pattern.compile("色的?$");
    private static final Pattern OPEN_END = Pattern.compile("(?:的|时|后|而|和|与|、|了|着|在|为|是)$");
    private static final Pattern ROLE = Pattern.compile("^[^·]{0,8}" + Words.PERSON_END + "$");
    private static final Pattern NO_NOUN = Pattern.compile("[不很最更较却也都被把将会能可约]|据说|^(?:话|时候|同时|一种|一个|人)");

    @Override
    public Stream<Draft> drafts(Line line, Topic topic) {
        Stream<Draft> others = line.parts().stream()
                .filter(part -> topic.startOf(part).isEmpty())
                .flatMap(part -> other(line, part).stream());
        return Stream.concat(line.clauses().stream().flatMap(clause -> draft(line, clause).stream()), others);
    }

    private static Optional<Draft> other(Line line, String part) {
        Matcher other = OTHER.matcher(part);
        if (!other.matches()
                || OtherThingRule.NO_NAME.matcher(other.group("subject")).find()) {
            return Optional.empty();
        }
        Clause clause = new Clause(other.group("subject"), part.substring(other.end("subject")), true);
        return draft(line, clause);
    }

    private static Optional<Draft> draft(Line line, Clause clause) {
        Matcher of = OF.matcher(clause.predicate());
        Matcher leftOut = LEFT_OUT.matcher(clause.predicate());
        Matcher found = of.matches() ? of : leftOut;
        if (found == leftOut && !leftOut.matches()) {
            return Optional.empty();
        }
        String noun = found.group("noun");
        String value = found.group("value");
        boolean colour = COLOUR.matcher(value).find();
        if (NO_NOUN.matcher(noun).find() || OPEN_END.matcher(value).find() && !colour) {
            return Optional.empty();
        }
        String of1 = clause.subject() + "的" + noun + "是";
        String answer = found == of ? clause.text() : clause.subject() + "的" + clause.predicate();
        return Optional.of(new Draft(
                "attribute:" + clause.subject() + noun,
                of1 + wanted(noun, value, colour) + "？",
                answer + "。",
                86,
                line.number()));
    }

    private static String wanted(String noun, String value, boolean colour) {
        if (colour && !noun.contains("特")) {
            return "什么颜色" + (value.endsWith("的") ? "的" : "");
        }
        if (PERSON.matcher(noun).find()) {
            return ROLE.matcher(value).find() ? "什么人" : "谁";
        }
        if (PLACE.matcher(noun).find()) {
            return "哪里";
        }
        return AMOUNT.matcher(value).matches() ? "多少" : "什么";
    }
}
