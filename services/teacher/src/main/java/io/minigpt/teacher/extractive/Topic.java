package io.minigpt.teacher.extractive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text is about.
 *
 * @param name as the text's first sentence has it
 * @param aliases all names it goes by in the text, {@code name} included, longest first
 * @param kind what kind of thing it is
 */
record Topic(String name, List<String> aliases, Kind kind) {

    enum Kind {
        PERSON,
        PLACE,
        ORGANISATION,
        WORK,
        THING
    }

    private static final Pattern HEAD = Pattern.compile("^(《[^》]+》|“[^”]+”|「[^」]+」|[^，。：；、《“「]{2,24}?|.)"
            + "(?=是|，|、?又称|又名|简称|也叫|俗称|位于|坐落|地处|介于|属于|发源于|起源于|成立于|始建于|建于|于\\d|于公元|在\\d|为|指|由|签署于|分布|出生|毕业|发展)");
    private static final Pattern NO_NAME =
            Pattern.compile("[的了]|^是|^前身|称之|有人|被|[成作称认]$|^(?:在|从|自|当|因|虽|根据|按|这|那|该|本|此|所谓|一般|目前|据|对于|关于|随着|早在|如果|除|"
                    + Times.ANY + "|\\d+[年月日]|[一二三四五六七八九十]+[种个类座])");
    private static final Pattern ADVERB_BEHIND = Pattern.compile("(?:现|则|也|又|原|曾|主要|通常|一般)$");
    private static final Pattern PERSON = Pattern.compile("(?:" + Words.PERSON_END + "|[之的]第.{1,2}[子女]|人)$");
    private static final Pattern PLACE = Pattern.compile(Words.PLACE_END + "$");
    private static final Pattern ORGANISATION = Pattern.compile(Words.ORGANISATION_END + "$");
    private static final Pattern ALIAS =
            Pattern.compile("(?:又称|又叫|又名|也叫|也称|亦称|简称|俗称|或称|或译|通称|别名|别称)(?:为|作|做)?[“「]?([^，、。“”「」或和《》]{2,14})[”」]?");
    private static final Pattern SUFFIX = Pattern.compile("(?:属|科|目|市|县|省|站|车站|大学|事件|战役|站总站)$");

    /** Reads the name from the title and the first sentence; empty when neither tells it. */
    static Optional<Topic> of(String title, String firstSentence) {
        String name = head(firstSentence).orElse("");
        if (!title.isBlank() && (name.isEmpty() || startsWithTitle(firstSentence, title))) {
            name = firstSentence.startsWith("《" + title + "》") ? "《" + title + "》" : title;
        }
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Topic(name, aliases(name, firstSentence), kind(name, firstSentence)));
    }

    /** The alias that a text starts with, empty when it starts with something else. */
    Optional<String> startOf(String text) {
        return aliases.stream().filter(text::startsWith).findFirst();
    }

    boolean isPerson() {
        return kind == Kind.PERSON;
    }

    private static boolean startsWithTitle(String firstSentence, String title) {
        return firstSentence.startsWith(title) || firstSentence.startsWith("《" + title + "》");
    }

    private static Optional<String> head(String firstSentence) {
        Matcher head = HEAD.matcher(firstSentence);
        if (!head.find()) {
            return Optional.empty();
        }
        String name = ADVERB_BEHIND.matcher(head.group(1).strip()).replaceFirst("");
        boolean quoted = name.startsWith("《") || name.startsWith("“") || name.startsWith("「");
        return name.isEmpty() || !quoted && NO_NAME.matcher(name).find() ? Optional.empty() : Optional.of(name);
    }

    private static List<String> aliases(String name, String firstSentence) {
        List<String> aliases = new ArrayList<>();
        aliases.add(name);
        String bare = name.replaceAll("[《》“”「」]", "");
        if (!bare.equals(name)) {
            aliases.add(bare);
        }
        int dot = name.lastIndexOf('·');
        if (dot > 0 && name.length() - dot > 2 && !name.startsWith("《")) {
            aliases.add(name.substring(dot + 1));
        }
        String shorter = SUFFIX.matcher(name).replaceFirst("");
        if (shorter.length() >= 3 && !shorter.equals(name)) {
            aliases.add(shorter);
        }
        Matcher other = ALIAS.matcher(firstSentence);
        while (other.find()) {
            if (!aliases.contains(other.group(1))) {
                aliases.add(other.group(1));
            }
        }
        aliases.sort(Comparator.comparingInt(String::length).reversed());
        return List.copyOf(aliases);
    }

    private static Kind kind(String name, String firstSentence) {
        if (name.startsWith("《")) {
            return Kind.WORK;
        }
        List<String> clauses = PlainText.clauses(firstSentence);
        for (int i = 0; i < Math.min(4, clauses.size()); i++) {
            String clause = clauses.get(i);
            // further clauses mention other people and places
            boolean apposition = i == 1 && clauses.getFirst().equals(name) && !Predicates.startsPredicate(clause);
            if (!clause.matches(".*[是为].*") && !apposition) {
                continue;
            }
            if (PERSON.matcher(clause).find()) {
                return Kind.PERSON;
            }
            if (ORGANISATION.matcher(clause).find() && clause.length() > name.length()) {
                return Kind.ORGANISATION;
            }
            if (PLACE.matcher(clause).find() && clause.length() > name.length()) {
                return Kind.PLACE;
            }
        }
        return Kind.THING;
    }
}
