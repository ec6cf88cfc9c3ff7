package io.minigpt.teacher.extractive;

import io.minigpt.teacher.Passage;
import io.minigpt.teacher.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a text into lines: finds its topic, and for every clause whether the topic is its subject. */
final class Reader {

    /** Longer ones are lists or noise, and repetitions in expressions take stack for each round. */
    private static final int LONGEST_SENTENCE = 400;

    private static final Pattern THINGS = Pattern.compile("^(?:它们?|[牠祂]们?)");
    private static final Pattern PEOPLE = Pattern.compile("^[他她](?!们)");
    private static final Pattern WHOSE = Pattern.compile("^其(?![他它实中余次间后])");
    private static final Pattern THIS_ONE = Pattern.compile("^[该本此]" + Words.THIS_ONE + "(?![人长员民部内])");
    private static final Pattern TIME_ALONE =
            Pattern.compile("^(?:在|于|到|至|自|从|直到|早在|大约在?)?" + Times.ANY + "(?:的?时候?|间|前后|期间|以后|之后|后|起|初|左右|开始)?$");
    private static final Pattern SHARES_SUBJECT =
            Pattern.compile("^(?:在|于|以|因|从|" + Times.ANY + "|并|而|也|常|又|还|且|同时|主要|后来|其|大约|约|与|和|有时|一般)");
    private static final Pattern NEW_THING = Pattern.compile("^.*?(?:有|设有|包括|出现|存在|叫)");
    private static final Pattern NO_SUBJECT = Pattern.compile("^(?:" + Times.ANY + ")?(?:" + Words.ADVERBS + ")(?:"
            + Predicates.STARTS + "|" + Words.STARTING_VERBS + ")");

    /** "发生在大西洋的风暴被称为飓风": starts like a predicate, and is the attribute of another subject. */
    static final Pattern SUBJECT_AFTER = Pattern.compile("的[^，]{1,14}(?:" + Words.MAIN_VERBS + "|是|称|为|在|将|叫|由|有|能)");

    private static final Pattern RANK = Pattern.compile("[属种类科目]$");
    private static final Pattern COMPOUND = Pattern.compile(
            "^(定律|学说|理论|原理|公司|地区|流域|分子|细胞|植物|种子|石|鱼|语|人|市|省|县|大学|站)(?=" + Words.ADVERBS + Predicates.STARTS + ")");
    private static final Pattern THIS_KIND = Pattern.compile(
            "^(?:这|那)(?:一|[一二两三]?[种个条座项部本类幅首篇场位名颗])(\\p{IsHan}{1,4}?)(?=[是为由被在的有能会可主也还又]|位于|生长|属于|最初" + "|起源)");
    private static final Pattern GENERIC = Pattern.compile("^" + Words.KINDS_OF_THINGS + "$");
    private static final Pattern BARE_NOUN =
            Pattern.compile("^(" + Words.BARE_NOUNS + ")(?=的|" + Words.ADVERBS + Predicates.STARTS + ")");

    private final Topic topic;

    Reader(Topic topic) {
        this.topic = topic;
    }

    List<Line> read(String text) {
        List<Line> lines = new ArrayList<>();
        boolean aboutTopic = false;
        int number = 0;
        for (Passage sentence : Sentences.in(text)) {
            String plain = PlainText.plain(sentence.text());
            if (plain.length() <= LONGEST_SENTENCE
                    && !PlainText.clauses(plain).isEmpty()
                    && !plain.endsWith("？")
                    && !plain.endsWith("?")
                    && PlainText.balanced(plain)) {
                Line line = line(number, PlainText.clauses(plain), aboutTopic);
                lines.add(line);
                aboutTopic = line.aboutTopic();
            }
            number++;
        }
        return lines;
    }

    private Line line(int number, List<String> raw, boolean aboutTopic) {
        List<String> parts = new ArrayList<>(raw.stream().map(this::resolveNoun).toList());
        List<Clause> clauses = new ArrayList<>();
        int main = parts.size() > 1 && TIME_ALONE.matcher(parts.getFirst()).matches() ? 1 : 0;
        String head = resolve(parts.get(main), aboutTopic || number == 0);
        parts.set(main, head);
        Optional<String> subject = topic.startOf(head);
        if (subject.isPresent()) {
            String name = longer(subject.get(), head);
            clauses.add(new Clause(name, head.substring(name.length()), true));
        } else if (aboutTopic
                && NO_SUBJECT.matcher(head).find()
                && !SUBJECT_AFTER.matcher(head).find()
                && (Predicates.startsPredicate(head) || !head.contains("是"))) {
            clauses.add(new Clause(topic.name(), head, false));
        } else {
            return new Line(number, parts, clauses, aboutTopic);
        }
        String name = clauses.getFirst().subject();
        boolean shared = !head.startsWith(name + "的");
        for (int i = main + 1; i < parts.size(); i++) {
            String part = resolve(parts.get(i), shared);
            parts.set(i, part);
            shared = shared && !NEW_THING.matcher(parts.get(i - 1)).find();
            Optional<String> again = topic.startOf(part);
            if (again.isPresent()) {
                clauses.add(new Clause(again.get(), part.substring(again.get().length()), true));
                shared = !part.startsWith(again.get() + "的");
            } else if (shared && Predicates.startsPredicate(part)) {
                clauses.add(new Clause(name, part, false));
            } else {
                shared = shared && SHARES_SUBJECT.matcher(part).find();
            }
        }
        return new Line(number, parts, clauses, aboutTopic);
    }

    /** "学校" in a text about one school is that school. */
    private String resolveNoun(String clause) {
        Matcher noun = BARE_NOUN.matcher(clause);
        boolean same = noun.find()
                && (topic.name().endsWith(noun.group(1).substring(1))
                                && !topic.startOf(clause).isPresent()
                        || topic.kind() == Topic.Kind.WORK);
        return same ? topic.name() + clause.substring(noun.end()) : clause;
    }

    /** "万有引力" in "万有引力定律由牛顿提出": the sentence is about the law. */
    private static String longer(String name, String clause) {
        Matcher noun = COMPOUND.matcher(clause.substring(name.length()));
        return noun.find() ? name + noun.group(1) : name;
    }

    /** Puts the topic's name in the place of a pronoun at the start, where the pronoun can only mean the topic. */
    private String resolve(String clause, boolean aboutTopic) {
        Matcher thisOne = THIS_ONE.matcher(clause);
        if (thisOne.find()
                && (!RANK.matcher(thisOne.group()).find()
                        || topic.name().endsWith(thisOne.group().substring(1)))) {
            return topic.name() + clause.substring(thisOne.end());
        }
        if (!aboutTopic) {
            return clause;
        }
        Matcher thisKind = THIS_KIND.matcher(clause);
        if (thisKind.find()
                && (topic.name().endsWith(thisKind.group(1))
                        || GENERIC.matcher(thisKind.group(1)).matches())) {
            return topic.name() + clause.substring(thisKind.end());
        }
        Matcher whose = WHOSE.matcher(clause);
        if (whose.find()) {
            return topic.name() + "的" + clause.substring(whose.end());
        }
        Matcher pronoun = (topic.isPerson() ? PEOPLE : THINGS).matcher(clause);
        return pronoun.find() ? topic.name() + clause.substring(pronoun.end()) : clause;
    }
}
