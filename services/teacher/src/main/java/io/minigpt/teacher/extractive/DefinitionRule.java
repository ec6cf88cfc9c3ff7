package io.minigpt.teacher.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** "X is Y": asks what X is, and, where Y fits only one thing, what Y is. */
final class DefinitionRule implements Rule {

    private static final Pattern IS = Pattern.compile("^(" + Words.ADVERBS
            + ")(是指|指的是|意指|指(?![出定向挥导责])|是|为(?!人))(?!否|指|(?:隶属于|位于|属于|用)[^的]*$|由(?!.*的.)|以|在|因|从|一样|如此"
            + "|不|被|[^，]{0,3}的$)(.{2,})$");
    /** A clause that ends like this is a whole description and not the first half of one. */
    private static final Pattern WHOLE =
            Pattern.compile("之一$|的[^，的]{1,14}$|[一二两三四五六七八九十](?:种|个|颗|座|类|位|名|所|部|条|家|项|款|只|本|门|支|片|块|份|首|届|场|间|艘|架|套"
                    + "|幅|组|员)[^，由位起在将把从以]{2,14}$"
                    + "|" + Words.PERSON_END
                    + "$|第[一二三四五六七八九十\\d]+(?:[部届个代任颗条座位种集季次大长高]).{0,10}$|(?:^|[是为])(?:中国|美国|日本|英国|法国"
                    + "|德国)[^，起由位在自]{2,14}$");

    private static final Pattern UNFINISHED = Pattern.compile("(?:时|后|前|中|而|的|和|与|及|或|、|以及|即|为|是|在|将|把)$");
    /** What stands behind the last "的" is no noun. */
    private static final Pattern LOOSE_END = Pattern.compile("的[^，的]{0,12}(?<![作成称名命])[为把将被][^，的]{2,}$|^[^，的]{0,6}名字让");

    private static final Pattern CIRCUMSTANCE = Pattern.compile("^(?:隶属|因|由|以|在|与|和|于|曾|被|市面|据|从)");
    private static final Pattern ABSTRACT =
            Pattern.compile("(?:一种|一类|一个|过程|现象|定律|单位|方法|学说|理论|概念|作用|原理|制度|反应|技术|学科|运动|规律|数值|关系|类型|总称|统称|术语|疾病)");
    private static final Pattern ONLY_ONE = Pattern.compile("^(?:目前|现今)?((?:世界|全球|中国|地球|太阳系|人类|人体|历史|自然界|亚洲|欧洲|非洲|美洲"
            + "|[^，、]{2,10}?)[^，]{0,10}?(?:最[大小长高早重快深古热冷硬多]|第一[个位座条部款所届种颗]|唯一|首[个位座条部款都府]"
            + "|省会)[^，]{0,24})$");
    /** A description that fits hardly anything else. */
    private static final Pattern DESCRIBED = Pattern.compile("^(?!.*一[种类个列座颗条部场艘])[^，]{6,30}的[^，的和与或]{1,8}(?<!之一)$");

    private static final Pattern MADE_BY = Pattern.compile("由([^，的]{2,24}?)所?(" + Words.MAKING + ")的");

    @Override
    public Stream<Draft> drafts(Line line, Topic topic) {
        List<Draft> drafts = new ArrayList<>();
        for (Clause clause : line.clauses()) {
            Matcher is = IS.matcher(clause.predicate());
            if (is.matches()
                    && !LOOSE_END.matcher(is.group(3)).find()
                    && !is.group(3).replaceAll("还是|于是|但是|就是|只是", "").contains("是")
                    && !(is.group(2).equals("为") && !clause.first() && line.number() > 0)) {
                describe(line, topic, clause, is.group(2), is.group(3), drafts);
            }
        }
        if (line.number() == 0 && drafts.isEmpty()) {
            apposition(line, topic).forEach(drafts::add);
        }
        return drafts.stream();
    }

    private static void describe(
            Line line, Topic topic, Clause clause, String verb, String description, List<Draft> drafts) {
        String whole = whole(line, clause);
        if (!whole.isEmpty() && !clause.predicate().matches("^[也还又].*")) {
            int score = line.number() == 0 ? 100 : 62;
            String asked =
                    verb.contains("指") ? clause.subject() + "指的是什么？" : question(clause.subject(), description, topic);
            drafts.add(new Draft(clause.first() ? "what" : "what:" + verb, asked, whole, score, line.number()));
        }
        Matcher one = ONLY_ONE.matcher(description);
        if (one.matches()
                && !description.endsWith("之一")
                && !description.matches("^(?:其|它|该|此|这|由|以).*")
                && !clause.predicate().startsWith("也")
                && (WHOLE.matcher(description).find() || description.contains("首都"))) {
            String asked = one.group(1) + (topic.isPerson() ? "是谁？" : "是什么？");
            drafts.add(new Draft("which", asked, clause.text() + "。", 88, line.number()));
        }
        Matcher named = DESCRIBED.matcher(description);
        if (topic.kind() == Topic.Kind.THING
                && line.number() == 0
                && clause.first()
                && named.matches()
                && !UNFINISHED.matcher(description).find()) {
            drafts.add(new Draft("which", description + "叫什么？", clause.text() + "。", 58, line.number()));
        }
        Matcher maker = MADE_BY.matcher(description);
        if (maker.find() && WHOLE.matcher(description).find()) {
            String asked = clause.subject() + "是由谁" + maker.group(2) + "的？";
            drafts.add(new Draft("maker", asked, clause.text() + "。", 84, line.number()));
        }
    }

    private static String question(String subject, String description, Topic topic) {
        return switch (topic.kind()) {
            case PERSON -> subject + "是谁？";
            case WORK -> subject + "是一部什么样的作品？";
            case PLACE -> subject + "是什么地方？";
            case ORGANISATION -> subject + "是一个什么样的机构？";
            case THING -> ABSTRACT.matcher(description).find() ? "什么是" + subject + "？" : subject + "是什么？";
        };
    }

    /** The clause when it is complete in itself, else the whole sentence when that is not too long. */
    private static String whole(Line line, Clause clause) {
        boolean last = line.parts().getLast().endsWith(clause.predicate());
        if (!UNFINISHED.matcher(clause.predicate()).find()
                && (last || WHOLE.matcher(clause.predicate()).find())) {
            return clause.text() + "。";
        }
        int from = line.parts().indexOf(clause.text());
        if (from < 0) {
            return "";
        }
        String rest = String.join("，", line.parts().subList(from, line.parts().size()));
        return rest.length() <= 90 ? rest + "。" : "";
    }

    /** "X, a Chinese actor, ...": the second part describes the first without a verb. */
    private static Stream<Draft> apposition(Line line, Topic topic) {
        List<String> parts = line.parts();
        if (parts.size() < 2 || !parts.getFirst().equals(topic.name())) {
            return Stream.empty();
        }
        String description = parts.get(1);
        boolean noun = WHOLE.matcher(description).find()
                && description.length() <= 30
                && !Predicates.startsPredicate(description)
                && !CIRCUMSTANCE.matcher(description).find()
                && !Times.in(description);
        String answer = topic.name() + "是" + description + "。";
        return noun
                ? Stream.of(new Draft("what", question(topic.name(), description, topic), answer, 98, 0))
                : Stream.empty();
    }
}
