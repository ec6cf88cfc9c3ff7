package io.minigpt.teacher.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks when something happened. */
final class TimeRule implements Rule {

    private static final String LEAD = "(?:早在|直到|到了|约在|大约在|在|于|到|至)?";
    private static final Pattern ALONE = Pattern.compile("^" + LEAD + "(" + Times.ANY + ")(?:间|前后|期间|左右)?$");
    private static final Pattern AT_START =
            Pattern.compile("^" + LEAD + "(" + Times.ANY + ")(?![代时后前起间以至到－\\-~～—和、及与的末初季])(.{4,40})$");
    private static final Pattern INSIDE =
            Pattern.compile("^(" + Words.ADVERBS + ")[于在](" + Times.ANY + ")(?![代时后前起间以至到－\\-~～—和、及与的末初季])((?:"
                    + Words.STARTING_VERBS + "|" + Words.MAIN_VERBS + ").{0,24}|.{2})$");
    private static final Pattern WITH_SUBJECT =
            Pattern.compile("^([^，的了是被在于由与将把前后予时并而]{2,14}|《[^》]+》[^，]{0,6})" + Words.MAIN_VERBS + ".{0,26}$");
    private static final Pattern WITHOUT_SUBJECT = Pattern.compile("^(?:" + Words.ADVERBS + ")" + Words.STARTING_VERBS);
    private static final Pattern NOT_ALONE =
            Pattern.compile("^(?:但|而|并|亦|遂|乃|先后|则|就|便|仍|又|也|还|却|所以|因此|因|由于|为了|随着|虽|当|如|如果|即使|以|以及|根据|据|通过|除|经)|(?:时"
                    + "|后|前|中|之际|期间|以来|起|的|为止|之前|之后|里|下|前夕|之时|之初|初期|年间|发现|认为|宣布|指出|提出|证明|决定|要求|同意|规定|表示|到|为|是"
                    + "|有|把|将|给)$");

    private static final Pattern NOT_PLAIN = Pattern.compile("之前|之后|以前|以后|时又|后又|[为达约]\\d");
    private static final Pattern FILLER = Pattern.compile("^([^，]{2,6}?)(?:就|便|即|才|亦)(?=[进加成获被参担出])");

    @Override
    public Stream<Draft> drafts(Line line, Topic topic) {
        List<Draft> drafts = new ArrayList<>();
        for (Clause clause : line.clauses()) {
            inside(line, clause, drafts);
        }
        List<String> parts = line.parts();
        boolean topicKnown = line.topicBefore() || line.aboutTopic();
        for (int i = 0; i < parts.size(); i++) {
            Matcher alone = ALONE.matcher(parts.get(i));
            if (alone.matches() && i + 1 < parts.size()) {
                event(line, topic, topicKnown && i == 0, alone.group(1), parts.get(i + 1), parts.get(i) + "，", drafts);
            }
            Matcher start = AT_START.matcher(parts.get(i));
            if (start.matches()) {
                String when = parts.get(i).substring(0, start.start(2));
                event(
                        line,
                        topic,
                        topicKnown && (i == 0 || topic.isPerson()),
                        start.group(1),
                        start.group(2),
                        when,
                        drafts);
            }
        }
        return drafts.stream();
    }

    /** "X was founded in 1900": the time stands between subject and verb. */
    private static void inside(Line line, Clause clause, List<Draft> drafts) {
        Matcher inside = INSIDE.matcher(clause.predicate());
        if (!inside.matches()
                || NOT_ALONE.matcher(inside.group(3)).find()
                || Times.in(inside.group(3))
                || inside.group(3).matches(".*时(?![代间期刻]).*|.*[0-9]:[0-9].*")) {
            return;
        }
        String rest = inside.group(3).replaceFirst("了$", "");
        String asked = clause.subject() + "是在" + Times.questionWord(inside.group(2)) + rest + "的？";
        drafts.add(new Draft("when:" + rest, asked, clause.text() + "。", 88, line.number()));
    }

    /** "In 1900, X was founded". */
    private static void event(
            Line line, Topic topic, boolean topicKnown, String time, String what, String when, List<Draft> drafts) {
        String event = FILLER.matcher(what.strip()).replaceFirst("$1");
        if (event.length() < 4
                || event.length() > 34
                || NOT_ALONE.matcher(event).find()
                || NOT_PLAIN.matcher(event).find()
                || Times.in(event)) {
            return;
        }
        boolean startsWithTopic = topic.startOf(event).isPresent();
        if (!startsWithTopic && WITHOUT_SUBJECT.matcher(event).find()) {
            if (!topicKnown || Reader.SUBJECT_AFTER.matcher(event).find()) {
                return;
            }
            String asked = topic.name() + event.replaceFirst("了$", "") + "是在" + Times.questionWord(time) + "？";
            drafts.add(new Draft("when:" + event, asked, when + topic.name() + event + "。", 80, line.number()));
        } else if (startsWithTopic || WITH_SUBJECT.matcher(event).matches()) {
            String asked = event.replaceFirst("了$", "") + "是在" + Times.questionWord(time) + "？";
            drafts.add(new Draft("when:" + event, asked, when + event + "。", startsWithTopic ? 82 : 76, line.number()));
        }
    }
}
