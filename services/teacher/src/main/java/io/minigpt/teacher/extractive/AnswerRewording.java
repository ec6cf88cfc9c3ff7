package io.minigpt.teacher.extractive;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Other words for an answer by rules: words that can stand for each other, and what people say before an answer. */
final class AnswerRewording {

    private static final List<Swap> SWAPS = List.of(
            Swap.of("^因为", "由于", "这是因为", "是因为"),
            Swap.of("^由于", "因为", "这是由于"),
            Swap.of("主要(?=由|是|用|有)", "大多"),
            Swap.of("组成", "构成"),
            Swap.of("构成", "组成"),
            Swap.of("大约", "约", "大概"),
            Swap.of("(?<![大条节签合制预])约(?=[0-9一二三四五六七八九十百千万])", "大约"),
            Swap.of("位于", "处在", "在"),
            Swap.of("用来", "用于", "用以"),
            Swap.of("用于", "用来", "用以"),
            Swap.of("包括", "包含"),
            Swap.of("可以", "能够", "可"),
            Swap.of("能够", "可以"),
            Swap.of("以及", "和"),
            Swap.of("通常", "一般"),
            Swap.of("称为", "叫做", "称作"),
            Swap.of("(?<=.)被称作", "被称为"));

    /** A thing, not a sentence: it takes "is" in front. */
    private static final Pattern THING = Pattern.compile("[^，；：是由有在被把会能可将为于因用]{1,12}");

    private AnswerRewording() {}

    /** The most natural wordings first; at least one for every answer. */
    static List<String> of(String answer) {
        String body = answer.replaceFirst("。$", "");
        Names names = Names.in(body);
        Set<String> bodies = new LinkedHashSet<>();
        for (Swap swap : SWAPS) {
            bodies.addAll(swap.apply(body, names));
        }
        if (THING.matcher(body).matches()) {
            bodies.add("是" + body);
        }
        bodies.add("答案是" + body);
        bodies.remove(body);
        List<String> answers = new ArrayList<>();
        bodies.forEach(other -> answers.add(other + "。"));
        answers.remove(answer);
        return answers;
    }
}
