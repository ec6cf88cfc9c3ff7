package io.minigpt.teacher.extractive;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of predicates that say one thing about their subject, each with the question it answers. */
final class Predicates {

    private static final String NUMBER = "(?:[0-9０-９]|[〇零一二两三四五六七八九十百千万亿几数]|百分之)";
    private static final String ERA = "(?:.{0,6}" + Times.ANY + ".{0,8}|.{1,8}(?:[^年]代|王?朝|时期|年间|时代))";
    private static final String FOUNDED = Words.FOUNDING + "于";

    private static final Set<String> OF_PEOPLE = Set.of("post", "degree", "school");

    private static final List<PredicateRule> TABLE = List.of(
            PredicateRule.of("place", 90, Words.PLACED, "(?![第前后])[^是有]{2,40}", "{s}位于哪里"),
            PredicateRule.of("place", 84, Words.LIVING, "(?!.*" + Times.ANY + ").{2,40}", "{s}{m}{v}哪里"),
            PredicateRule.of("when", 92, FOUNDED, ".{0,4}" + Times.ANY + ".{0,12}", "{s}{v}什么时候"),
            PredicateRule.of("when", 80, FOUNDED, ERA, "{s}{v}什么时候"),
            PredicateRule.of(
                    "origin", 88, Words.COMING, "(?!.*" + Times.ANY + ")(?!" + ERA + "$)[^就是都使让]{2,30}", "{s}{v}哪里"),
            PredicateRule.of("school", 88, "毕业于|就读于|肄业于", "[^时后]{4,30}", "{s}{v}哪所学校"),
            PredicateRule.of("route", 84, "流经|途经|途径|横跨|贯穿|连接|横贯|毗邻|邻近", ".{2,20}[、和与].{2,20}", "{s}{m}{v}哪些地方"),
            PredicateRule.of("route", 84, "流经|途经|途径|横跨|贯穿|横贯|毗邻|邻近", "[^、和与]{2,20}", "{s}{m}{v}哪里"),
            PredicateRule.of("route", 84, "注入|流入|通往|汇入", ".{2,20}", "{s}{v}哪里"),
            PredicateRule.of(
                    "parts", 90, "由", ".{2,40}?(组成|构成|合成|混合而成|汇合而成|制成|演变而来|发展而来|转变而来|决定|产生|形成)", "{s}{m}由什么{1}"),
            PredicateRule.of(
                    "maker",
                    90,
                    "是?由|(?:于|在)?" + Times.ANY + "由",
                    "(?!此|于|其).{2,30}?(?:所)?(" + Words.MAKING + ")()",
                    "{s}是由谁{1}的"),
            PredicateRule.of(
                    "maker", 84, "由", "(?!此|于|其).{2,24}?(?:所)?(传入|带到|带入|引入|引进|负责|担任|命名为)(.{1,8})", "{s}由谁{1}{2}"),
            PredicateRule.of("class", 80, "属于|属", "(?!第).{1,14}?(" + Words.CLASSES + ")", "{s}属于什么{1}"),
            PredicateRule.of("class", 50, "属于|隶属于?|归属于?|从属于", "(?!第|其)[^的]{2,20}", "{s}{v}什么"),
            PredicateRule.of("alias", 82, Words.CALLED, "[^是为]{2,20}", "{s}{v}什么"),
            PredicateRule.of("name", 82, Words.NAMES, "(?:为|是|叫|叫作|叫做|作)?[“「《]?[^，的是为]{2,24}", "{s}的{v}是什么"),
            PredicateRule.of(
                    "called",
                    78,
                    "被[^，称誉视认看评列命选比归定封任]{0,6}(?:称[为作]|叫[作做]|誉为|视为|认为是|看作|评为|列为|命名为|选为|比喻为|归类为|归为|定为|封为|任命为)"
                            + "|称[为作]|叫[作做]",
                    "(?!中国特|自己|其)[^其]{2,30}",
                    "{s}{v}什么"),
            PredicateRule.of(
                    "called", 80, "素有|享有|有(?=[“「])", "[“「]?.{2,16}[”」]?(?:之称|的美称|的美誉|之美誉|的称号|的别称)", "{s}有什么美称"),
            PredicateRule.of("famous", 80, "以", "(.{2,24}?)而?(闻名于世|闻名|著称|出名|见长|知名|著名)", "{s}以什么{2}"),
            PredicateRule.of("lists", 70, "被列入|被收入|入选|被选入", ".{2,24}(名录|名单|目录|遗产|名册)", "{s}{v}什么{1}"),
            PredicateRule.of("length", 86, "全长|总长|占地", "(?:约|约为|为|达|共|大约|近|超过)?" + NUMBER + ".{1,14}", "{s}{v}多少"),
            PredicateRule.of(
                    "measure",
                    88,
                    Words.MEASURES,
                    "(?:为|是|约为|约|达到?|大约|大约是|近|超过|有|可达|介于|一般|通常|仅|只有)*" + NUMBER + ".{1,16}",
                    "{s}的{v}是多少"),
            PredicateRule.of(
                    "action", 66, "(?:能够?|可以|会)?" + Words.ACTIONS, "(?![的了者物力率商厂联区])[^是有]{2,30}", "{s}{m}{v}什么"),
            PredicateRule.of(
                    "feature", 40, "没有|不能|具有|喜欢|善于|擅长|十分|非常|极|不会", "(?![^这被]{0,60}[这被])[^是]{6,60}", "{s}有什么特点"),
            PredicateRule.of(
                    "size",
                    80,
                    "[高长宽深重]",
                    "(?:约|达|可达|约为)?(?:" + NUMBER + ").{0,10}(?:米|公里|公尺|公分|厘米|毫米|吨|克|斤|尺)",
                    "{s}有多{v}"),
            PredicateRule.of("use", 84, "可?以?常?被?用来|可?以?常?被?用以", "[^是]{2,40}", "{s}{m}{v}做什么"),
            PredicateRule.of(
                    "use", 82, "可?以?常?被?用于|可?以?被?用作|可?以?应用于|适用于|可?作为?(?=.{2,12}使用)", "[^是]{2,40}", "{s}{m}{v}什么"),
            PredicateRule.of("content", 74, Words.CONTENTS, "(?![的者人率权法费器剂上时寿中所院])[^是]{3,40}", "{s}{m}{v}什么"),
            PredicateRule.of(
                    "food",
                    84,
                    "以",
                    "(.{1,20})为(食|主食|食物|生|主题|主要食物|题材|背景|基础|中心|官方语言|首都|原料|主要原料|单位|核心|原型)",
                    "{s}{m}以什么为{2}"),
            PredicateRule.of("food", 82, "吃|主食|捕食|取食", "(?![了过着下])[^了]{2,24}", "{s}主要吃什么"),
            PredicateRule.of("meaning", 80, "意为|意思是", ".{2,40}", "{s}是什么意思"),
            PredicateRule.of("post", 70, "曾任|历任|担任|出任|现任|曾担任", "(?!该|此).{3,30}", "{s}{v}什么职务"),
            PredicateRule.of("degree", 74, "获得?|取得", ".{2,24}学位", "{s}获得了什么学位"),
            PredicateRule.of("prize", 70, "获得?|荣获|夺得|赢得", ".{2,24}(?:奖|奖项|冠军|亚军|季军|金牌|银牌|铜牌)", "{s}获得过什么荣誉"),
            PredicateRule.of("works", 82, "代表作品?|代表著作|主要作品|主要著作|著作|著", "(?:有|为|是|包括).{3,60}", "{s}的{v}有哪些"),
            PredicateRule.of("host", 74, Words.HOLDINGS, "(?!了).{3,40}", "{s}{m}{v}什么"));

    /** What a clause with one of these predicates starts with. */
    static final String STARTS = "(?:是|为|有(?=[二两三四五六七八九十0-9])|指的是|意指|共|约|占|平均|(?:" + AttributeRule.NOUNS + ")[是为]|"
            + TABLE.stream()
                    .filter(rule -> rule.score() > 60)
                    .map(PredicateRule::verbs)
                    .collect(Collectors.joining("|"))
            + ")";

    private static final Pattern STARTING = Pattern.compile("^" + Words.ADVERBS + STARTS);

    private Predicates() {}

    static boolean startsPredicate(String clause) {
        return STARTING.matcher(clause).find();
    }

    /** Every question that the table has for a clause about a person or about something else. */
    static Stream<Draft> drafts(Clause clause, int sentence, boolean person) {
        return TABLE.stream()
                .filter(rule -> person || !OF_PEOPLE.contains(rule.kind()))
                .flatMap(rule -> rule.apply(clause, sentence).stream());
    }
}
