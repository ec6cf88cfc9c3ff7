package io.minigpt.teacher.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of a question that can stand for each other without a change of meaning.
 *
 * @param from what to look for
 * @param to what may take its place; {@code $1} is the first group of {@code from}
 */
record Swap(Pattern from, List<String> to) {

    /** Swaps of question words and of a few words around them, the most natural ones first. */
    static final List<Swap> TABLE = List.of(
            of("为什么", "为何", "为啥", "因何"),
            of("为何", "为什么", "为啥"),
            of("什么时候", "何时", "啥时候", "什么时间", "哪个时候"),
            of("何时", "什么时候", "啥时候"),
            of("哪一年", "哪年", "何年", "哪个年份"),
            of("哪年", "哪一年", "何年"),
            of("哪一天", "哪天", "哪一日", "何日"),
            of("什么地方", "何处", "哪里", "哪个地方", "啥地方", "何地"),
            of("哪里(?!人)", "哪儿", "何处", "什么地方"),
            of("哪儿", "哪里", "何处"),
            of("何处", "哪里", "哪儿"),
            of("哪里人", "哪儿人", "何处人"),
            of("什么样的", "怎样的", "啥样的", "何种"),
            of("怎样的", "什么样的", "怎么样的"),
            of("怎样(?!的)", "怎么", "如何"),
            of("怎么(?!样)", "怎样", "如何"),
            of("如何", "怎样", "怎么"),
            of("(?<!有|由|是|与)谁(?=.)", "哪位", "何人", "什么人"),
            of("是谁$", "是哪位", "是何人", "是什么人", "是哪个人"),
            of("由谁", "由何人", "由哪位", "由什么人"),
            of("(哪|这)一([个位座条种部款颗本座所届场块片首位])", "$1$2"),
            of("哪个(?!地方|年份|时候|人)", "哪一个"),
            of("哪([位座条种部款颗本所届场块])(?!一)", "哪一$1"),
            of("有哪些", "有什么", "都有哪些", "有些什么"),
            of("哪些(?<!有哪些)", "哪一些", "什么"),
            of("甚么", "什么", "啥"),
            of("何年", "哪年", "哪一年"),
            of("何种", "哪种", "哪一种", "什么样的"),
            of("有何(?!不)", "有什么", "有啥", "有哪些"),
            of("受何人", "受谁", "受哪位"),
            of("因何", "为何", "为什么", "为啥"),
            of("是否", "是不是", "有没有"),
            of("多久", "多长时间", "多长"),
            of("有多大", "是多大", "有多少"),
            of("有多([长高深远重宽])", "是多$1", "能有多$1", "会有多$1"),
            of("几年", "哪一年", "哪年"),
            of("多少(?=[个种次位座条部本只颗所项名块根间岁])", "几"),
            of("几(?=[个种次位座条部本只颗所项名块根间岁])(?<![好第]几)", "多少"),
            of("是多少$", "为多少", "等于多少"),
            of("指的是什么", "是指什么", "指什么", "指的是啥"),
            of("叫什么$", "叫做什么", "叫啥", "叫什么名字", "称作什么"),
            of("称为什么", "叫做什么", "称作什么", "称为啥"),
            of("(?<!为|叫|称)什么(?!时候|地方|样|人|叫|是)", "啥"),
            of("^什么是", "何为", "何谓", "啥是"),
            of("什么叫", "啥叫", "何为"),
            of("位于", "处在", "在"),
            of("主要由", "主要是由"),
            of("组成", "构成"),
            of("构成", "组成"),
            of("一共", "总共", "共"),
            of("总共", "一共"),
            of("(?<!一|总)共有", "一共有", "总共有"),
            of("大约", "约", "大概"),
            of("(?<!大|条|节|签|合|制|预)约(?=为|是|有|占|多少|几)", "大约"),
            of("通常", "一般"),
            of("包括", "包含"),
            of("包含", "包括"),
            of("用来", "用以"),
            of("可以", "能够", "可"),
            of("能够", "可以", "能"),
            of("最早(?!的)", "最先"),
            of("世界上", "全世界"),
            of("是由(谁.{1,10}|什么.{1,10}|哪.{1,10})的$", "由$1"),
            of("是在(?=什么|哪)", "在"),
            of("吗$", "么"),
            of("呢$", "呀", ""),
            of("之所以", "所以"),
            of("哪国", "哪个国家", "哪一国"),
            of("哪个国家", "哪国"));

    static Swap of(String from, String... to) {
        return new Swap(Pattern.compile(from), List.of(to));
    }

    /** The question with the last match replaced, once for each of {@link #to}; protected places stay as they are. */
    List<String> apply(String question, Names names) {
        List<String> results = new ArrayList<>();
        Matcher matcher = from.matcher(question);
        int start = -1;
        int end = -1;
        while (matcher.find()) {
            if (!names.overlap(matcher.start(), matcher.end())) {
                start = matcher.start();
                end = matcher.end();
            }
        }
        if (start < 0) {
            return results;
        }
        matcher.region(start, question.length());
        matcher.useTransparentBounds(true).useAnchoringBounds(false);
        if (!matcher.lookingAt()) {
            return results;
        }
        for (String replacement : to) {
            String expanded = replacement;
            for (int group = 1; group <= matcher.groupCount(); group++) {
                expanded = expanded.replace("$" + group, matcher.group(group));
            }
            results.add(question.substring(0, start) + expanded + question.substring(end));
        }
        return results;
    }
}
