package io.minigpt.teacher.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** "X has three hearts": asks how many, with the clause as it stands and the number left out. */
final class NumberRule implements Rule {

    private static final String DIGITS = "[0-9０-９][0-9０-９,，.．]*(?:多?[万亿千百]+)?";
    private static final String CHINESE = "百分之[零一二三四五六七八九十百点]+|[零一二两三四五六七八九十百千万亿点]{2,}(?<!千(?=[米克瓦赫]))|[零二两三四五六七八九十]";
    private static final Pattern AMOUNT = Pattern.compile(
            "^(?<before>.{2,24}?)(?<about>(?:大约|约|大概|近|超过|将近|高达|多达|可达|长达)*)(?<number>" + DIGITS + "|" + CHINESE
                    + ")(?<more>多|余|几)?" + "(?<unit>[%％]|" + Words.UNITS + ")?(?<noun>[^，、和与及或至到～~\\-–—]{0,10}?)多?$");
    private static final Pattern PART = Pattern.compile("^" + Words.MEASURED_PARTS);
    private static final Pattern CIRCUMSTANCE = Pattern.compile("^在.+[下中里]$|^" + Times.ANY + "$|^据.+$|^目前$|^现在$");
    private static final Pattern VERB = Pattern.compile(Words.COUNTING + "$");
    private static final Pattern OTHER_NUMBER = Pattern.compile("[0-9]|[一二三四五六七八九十百千万]{2,}|第");
    private static final Pattern STARTS_BADLY = Pattern.compile("^(?:" + Words.ADVERBS
            + ")(?:有|共|占|达|约|其中|因|由于|虽|但|而|在|于|以|从|到|每|当|如|这|那|并|又|再|经|随|据|最|第|长|高|宽|深|被|全镇|场镇|辖区|全区" + "|全县|全市|"
            + Words.STARTING_VERBS + ")");
    private static final Pattern NOUN_BADLY = Pattern.compile("[0-9一二三四五六七八九十的了着过是在时后前以成]|合作|获|^(?:上下|左右|以上|以下)$");
    private static final Pattern COUNTER = Pattern.compile(Words.COUNTERS);
    private static final Pattern SMALL = Pattern.compile("^[二两三四五六七八九十2-9]$");

    @Override
    public Stream<Draft> drafts(Line line, Topic topic) {
        List<Draft> drafts = new ArrayList<>();
        for (Clause clause : line.clauses()) {
            draft(line, clause.text()).ifPresent(drafts::add);
        }
        // further on in a sentence a clause has a subject of its own only by chance
        List<String> parts = line.parts();
        int own = parts.size() > 1 && CIRCUMSTANCE.matcher(parts.getFirst()).find() ? 1 : 0;
        if (!line.aboutTopic() && !STARTS_BADLY.matcher(parts.get(own)).find()) {
            String owner = PART.matcher(parts.get(own)).find() ? topic.name() + "的" : "";
            draft(line, owner + parts.get(own)).ifPresent(drafts::add);
        }
        return drafts.stream();
    }

    private static Optional<Draft> draft(Line line, String text) {
        Matcher amount = AMOUNT.matcher(text.replaceFirst("(?:左右|上下|以上)$", ""));
        if (!amount.matches()) {
            return Optional.empty();
        }
        String number = amount.group("number");
        String unit = amount.group("unit");
        String before = amount.group("before");
        String noun = amount.group("noun");
        boolean percent = number.startsWith("百分之") || "%".equals(unit) || "％".equals(unit);
        if (unit == null && !percent
                || !VERB.matcher(before + amount.group("about")).find() && !(percent && before.endsWith("的"))
                || OTHER_NUMBER.matcher(before).find()
                || "年".equals(unit) && number.length() == 4
                || NOUN_BADLY.matcher(noun).find()
                || percent && !noun.isEmpty()) {
            return Optional.empty();
        }
        String start = before + amount.group("about");
        String asked = percent
                ? start + "百分之多少"
                : start
                        + (SMALL.matcher(number).matches()
                                        && COUNTER.matcher(unit).matches()
                                        && amount.group("more") == null
                                ? "几"
                                : "多少")
                        + unit
                        + noun;
        return Optional.of(new Draft("amount:" + asked, asked + "？", text + "。", 87, line.number()));
    }
}
