package io.minigpt.teacher.extractive;

import io.minigpt.teacher.CleanUp;
import io.minigpt.teacher.Pair;
import io.minigpt.teacher.RewriteCheck;
import io.minigpt.teacher.VariantCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewords a question by rules: swaps question words, adds what people say before and after a question, and combines two
 * such changes. All results are one to four code points away from the original. The same question gives the same
 * wordings.
 */
final class Rewording {

    private static final VariantCheck CHECK = VariantCheck.standard();
    private static final RewriteCheck TOGETHER = RewriteCheck.standard();
    private static final String QUESTION_WORD =
            "(?:什么|甚么|啥|谁|哪|何时|何处|何年|何种|何人|有何|因何|多少|几|为什么|为何|怎样|怎么|如何|是否|多[大长高远深久重宽])";
    private static final Pattern ASKS = Pattern.compile(QUESTION_WORD);
    /** A whole predicate, which takes an adverb in front: 是什么, but not 什么 behind its verb. */
    private static final Pattern PREDICATE =
            Pattern.compile("(?:主要|大约|通常|一共|总共|一般|最后|最早|最初|大概|约|共)?" + "(?:(?:是|由|有|叫|位于|属于|指的是|是指|是由|是在)(?:第|因|为|于)?"
                    + QUESTION_WORD + "|在(?:哪|什么)(?:[里儿年天]|地方|时候|.年|.天).+|(?:为什么|为何|怎样|怎么|如何|是否))");

    private static final Pattern BEHIND_PREDICATE = Pattern.compile("[是在由有的于为和与被把对向从叫了着]$");
    private static final Pattern ENDS_IN_PARTICLE = Pattern.compile("(?:[吗呢呀啊吧]|(?<![什怎甚多])么)$");
    private static final Pattern ENDS_OPEN = Pattern.compile("(?:是|为|于|以及|即)$");
    private static final List<String> FIRST_PREFIXES = List.of("请问", "请问，");
    private static final List<String> OTHER_PREFIXES = List.of("想问", "试问", "我想问", "请回答", "问一下，");
    private static final List<String> FIRST_SUFFIXES = List.of("呢");
    private static final List<String> OTHER_SUFFIXES = List.of("呀", "啊");

    private Rewording() {}

    /**
     * At most {@code wanted} wordings, the most natural ones first.
     *
     * @param known wordings not to make again
     */
    static List<String> of(String question, int wanted, Collection<String> known) {
        String body = CleanUp.question(question).replaceFirst("？$", "");
        List<String> swapped = swapped(body);
        List<String> stressed = stressed(body);
        Set<String> candidates = new LinkedHashSet<>();
        int half = (swapped.size() + 1) / 2;
        candidates.addAll(swapped.subList(0, Math.min(4, half)));
        candidates.addAll(suffixed(body, FIRST_SUFFIXES));
        candidates.addAll(prefixed(body, FIRST_PREFIXES));
        candidates.addAll(swapped);
        candidates.addAll(stressed);
        candidates.addAll(askedWhetherKnown(body));
        for (String other : swapped) {
            candidates.addAll(suffixed(other, FIRST_SUFFIXES));
            candidates.addAll(prefixed(other, FIRST_PREFIXES));
            candidates.addAll(swapped(other));
        }
        for (String prefixed : prefixed(body, FIRST_PREFIXES)) {
            candidates.addAll(suffixed(prefixed, FIRST_SUFFIXES));
        }
        for (String other : stressed) {
            candidates.addAll(suffixed(other, FIRST_SUFFIXES));
            candidates.addAll(prefixed(other, FIRST_PREFIXES));
        }
        List<String> completed = completed(body);
        candidates.addAll(completed);
        for (String other : completed) {
            candidates.addAll(suffixed(other, FIRST_SUFFIXES));
            candidates.addAll(prefixed(other, FIRST_PREFIXES));
        }
        candidates.addAll(prefixed(body, OTHER_PREFIXES));
        candidates.addAll(suffixed(body, OTHER_SUFFIXES));
        return candidates.stream()
                .map(candidate -> candidate + "？")
                .filter(candidate -> !known.contains(candidate))
                .filter(candidate -> CHECK.check(candidate, question).isEmpty())
                .limit(wanted)
                .toList();
    }

    /**
     * At most {@code wanted} wordings of a question and its answer together, no question twice.
     *
     * @param known questions not to make again
     */
    static List<Pair> together(Pair pair, int wanted, Collection<String> known) {
        List<String> answers = AnswerRewording.of(pair.answer());
        List<Pair> pairs = new ArrayList<>();
        for (String question : of(pair.question(), wanted, known)) {
            // every answer gets its turn
            Pair candidate = new Pair(question, answers.get(pairs.size() % answers.size()));
            if (TOGETHER.check(candidate, pair).isEmpty()) {
                pairs.add(candidate);
            }
        }
        return pairs;
    }

    private static List<String> swapped(String body) {
        Names names = Names.in(body);
        List<String> results = new ArrayList<>();
        for (Swap swap : Swap.TABLE) {
            results.addAll(swap.apply(body, names));
        }
        return results;
    }

    /** "What on earth": 究竟 or 到底 before the asked thing. */
    private static List<String> stressed(String body) {
        Matcher asked = PREDICATE.matcher(body);
        Names names = Names.in(body);
        List<String> results = new ArrayList<>();
        while (asked.find()) {
            boolean placeable = asked.start() > 0 && !names.overlap(asked.start(), asked.end());
            boolean predicate =
                    !BEHIND_PREDICATE.matcher(body.substring(0, asked.start())).find();
            if (placeable && predicate && results.isEmpty() && !body.contains("究竟") && !body.contains("到底")) {
                results.add(body.substring(0, asked.start()) + "究竟" + body.substring(asked.start()));
                results.add(body.substring(0, asked.start()) + "到底" + body.substring(asked.start()));
            }
        }
        return results;
    }

    /** A question that leaves its question word out, "the author of X is?", gets one. */
    private static List<String> completed(String body) {
        if (ASKS.matcher(body).find() || ENDS_IN_PARTICLE.matcher(body).find()) {
            return List.of();
        }
        List<String> words = ENDS_OPEN.matcher(body).find()
                ? List.of("什么", "啥", "哪些", "何")
                : List.of("是什么", "是啥", "如何", "怎么样", "有哪些");
        return words.stream().map(word -> body + word).toList();
    }

    /** "Do you know ...?", for a question that is not a yes-or-no question already. */
    private static List<String> askedWhetherKnown(String body) {
        boolean open =
                ASKS.matcher(body).find() && !ENDS_IN_PARTICLE.matcher(body).find();
        return open ? List.of("你知道" + body + "吗", "知道" + body + "吗") : List.of();
    }

    private static List<String> prefixed(String body, List<String> prefixes) {
        return body.startsWith("请") || body.startsWith("你")
                ? List.of()
                : prefixes.stream().map(prefix -> prefix + body).toList();
    }

    private static List<String> suffixed(String body, List<String> suffixes) {
        return ENDS_IN_PARTICLE.matcher(body).find() || !ASKS.matcher(body).find()
                ? List.of()
                : suffixes.stream().map(suffix -> body + suffix).toList();
    }
}
