package io.minigpt.teacher.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** "A invented B": asks who invented B. */
final class DoerRule implements Rule {

    private static final String DEED = Words.DEEDS;
    private static final Pattern CLAUSE = Pattern.compile("^(?:在|于)?(?:" + Times.ANY
            + "|[^，]{1,3}代|[^，]{1,4}(?:时期|年间|时))?的?(?<who>[^，的是被在由与和、所能可会把将用对从向以就它先有]{2,16}?)(?:(?:用"
            + "|利用|通过)[^，]{2,16}?)?(?:首先|首次|最早|先后|曾经|曾|共同|成功|正式|率先|独立|偶然|又|后来)*(?:(?<deed>" + DEED
            + ")了?出?)(?<what>[^，了这其它此该他她]{2,20}|《[^》]+》)$");
    private static final Pattern NO_PERSON = Pattern.compile("^(?:" + Words.ADVERBS
            + ")(?:[但而并又也还才并亦]|因|虽|如|当|由|从|这|那|其|它|他|她|该|此|后|前|可|能|" + Words.STARTING_VERBS + ")|研究$|政府$|大量|陆续");
    private static final Pattern NO_DEED =
            Pattern.compile("^[的者于人家后以]|(?:的|时|后|前|中|者|以来|之后|前后)$|[后前]|^出版|^上映|^发行|相当|很|会|可以|有|都|不|是|前夕|为"
                    + "|^(?:[一二两三四五六七八九十数几0-9]|许多|大量|很多|新|不少|多)");

    private static final Pattern TITLE =
            Pattern.compile("[学专作画工]家|人$|人[^们间类]|者|王|帝|师|教授|博士|医生|公司|大学|公国|国王|将军|诗人|僧|道士|修士|主教|上校|总统|·");
    private static final Pattern PLAIN_NAME =
            Pattern.compile("^[^已才最也亦并再又还只之及其因而于等会后前中上下内外此这那谁何演示目另直不偶都人们某或或多次共分]{2,5}$");

    @Override
    public Stream<Draft> drafts(Line line, Topic topic) {
        List<Draft> drafts = new ArrayList<>();
        List<String> parts = line.parts();
        for (int i = 0; i < parts.size(); i++) {
            Matcher clause = CLAUSE.matcher(parts.get(i));
            if (!clause.matches()
                    || !isPerson(clause.group("who"), topic)
                    || NO_DEED.matcher(clause.group("what")).find()) {
                continue;
            }
            String asked = "谁" + clause.group("deed").replaceFirst("^写[了出]$", "写") + "了" + clause.group("what") + "？";
            boolean datedBefore = i > 0 && parts.get(i - 1).matches("^(?:在|于)?" + Times.ANY + "$");
            String answer = (datedBefore ? parts.get(i - 1) + "，" : "") + parts.get(i) + "。";
            drafts.add(new Draft("who:" + clause.group("what"), asked, answer, 85, line.number()));
        }
        return drafts.stream();
    }

    private static boolean isPerson(String who, Topic topic) {
        return !NO_PERSON.matcher(who).find()
                && (TITLE.matcher(who).find()
                        || PLAIN_NAME.matcher(who).matches()
                        || topic.isPerson() && topic.aliases().contains(who));
    }
}
