package io.minigpt.teacher.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** "Because A, B" and "A, therefore B": asks why B. */
final class ReasonRule implements Rule {

    private static final Pattern BECAUSE = Pattern.compile("^(?<subject>.{0,12}?)(?:因为|由于|因)(?<cause>[^为此而][^而]{3,})$");
    private static final Pattern INNER =
            Pattern.compile("^(?<subject>[^，]{2,12}?)(?:因为|由于|因)(?<cause>[^为此而，][^而，]{2,24})而(?<effect>[^，且]{3,24})$");
    private static final Pattern THEREFORE =
            Pattern.compile("^(?<subject>[^，]{0,10}?)(?:所以|因此|因而|于是|故此|从而)(?<effect>.{4,})$");
    private static final Pattern NO_EFFECT_SUBJECT = Pattern.compile("^(?:" + Words.ADVERBS
            + ")(?:被|常|会|能|可|不|才|才能|也|又|就|都|便|叫|称|得|获|受|成为|是|有|没|还|使|让|导致|引起|需|要|在|于|以|为|由|将|把|遭|改|未|没"
            + "|逐渐|渐渐|适合|难以|容易|比|用|具有|深受|不断|随时|决定|无法|较|更|很|非常|十分"
            + "|" + Words.STARTING_VERBS + ")");
    private static final Pattern STARTS_BADLY =
            Pattern.compile("^(?:使|让|导致|引起|造成|令|从而|于是|况且|而且|并且|且|加上|尤其|一(?!般)|另一|前者|而|但|并|且|与|和|以及|后来|其|之)");
    private static final Pattern CAUSE_BADLY = Pattern.compile("(?:中|下|里|时|后)$|(?<![原基])因(?!素)|所以");
    private static final Pattern ENDS_BADLY = Pattern.compile("(?:时|后|前|以来|期间|的话|而|和|与|、)$");

    @Override
    public Stream<Draft> drafts(Line line, Topic topic) {
        List<Draft> drafts = new ArrayList<>();
        List<String> parts = line.parts();
        boolean topical = line.aboutTopic();
        for (int i = 0; i < parts.size(); i++) {
            Matcher inner = INNER.matcher(parts.get(i));
            if (inner.matches() && topic.startOf(inner.group("subject")).isPresent()) {
                ask(line, topic, topical, inner.group("subject") + inner.group("effect"), inner.group("cause"), drafts);
            }
            Matcher because = BECAUSE.matcher(parts.get(i));
            if (because.matches() && i + 1 < parts.size() && i <= 1) {
                String effect = parts.get(i + 1).replaceFirst("^(?:所以|因此|因而|故|于是|便|就)", "");
                String subject = because.group("subject");
                String full = subject.isEmpty() ? effect : subject + effect;
                if (subject.isEmpty()
                        || topic.startOf(subject).isPresent()
                                && subject.length() <= topic.name().length()) {
                    ask(line, topic, topical, full, because.group("cause"), drafts);
                }
            }
            Matcher therefore = THEREFORE.matcher(parts.get(i));
            if (therefore.matches() && i > 0) {
                Optional<String> cause = cause(parts.subList(0, i));
                String effect = therefore.group("subject") + therefore.group("effect");
                cause.ifPresent(text -> ask(line, topic, topical, effect, text, drafts));
            }
        }
        return drafts.stream();
    }

    /** The clause before "therefore", with the one before that when it alone would be too short. */
    private static Optional<String> cause(List<String> before) {
        String last = before.getLast().replaceFirst("^(?:因为|由于|因)", "");
        if (before.size() == 1) {
            return Optional.of(last);
        }
        String both = before.get(before.size() - 2).replaceFirst("^(?:因为|由于|因)", "") + "，" + last;
        if (before.size() == 2 && both.length() <= 60) {
            return Optional.of(both);
        }
        return last.length() >= 8 ? Optional.of(last) : Optional.empty();
    }

    private static void ask(Line line, Topic topic, boolean topical, String effect, String cause, List<Draft> drafts) {
        String what = effect.replaceFirst("了$", "").replaceFirst("^([^，也]{1,10})也", "$1");
        if (!topic.startOf(what).isPresent() && NO_EFFECT_SUBJECT.matcher(what).find()) {
            if (!topical || topic.startOf(cause).isEmpty() && line.clauses().isEmpty()) {
                return;
            }
            what = topic.name() + what;
        }
        if (STARTS_BADLY.matcher(what).find()
                || STARTS_BADLY.matcher(cause).find()
                || ENDS_BADLY.matcher(what).find()
                || CAUSE_BADLY.matcher(cause).find()
                || what.length() < 5
                || what.length() > 34) {
            return;
        }
        String subject = topic.startOf(what).orElse("");
        String rest = what.substring(subject.length());
        String asked = rest.startsWith("的") ? "为什么" + what + "？" : subject + "为什么" + rest + "？";
        drafts.add(new Draft("why:" + what, asked, "因为" + cause + "。", 78, line.number()));
    }
}
