package io.minigpt.teacher;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of persons in a Chinese text, found by what stands around them. Surnames are ordinary characters too (高度, 周围),
 * so a surname alone says nothing: what counts is a surname with a given name of one or two characters after a title
 * (诗人李白写), before one (李时珍先生), or as the doer of a deed (由李时珍发明), and a foreign name's dot (卡尔·马克思).
 * Many names are not found; what is found is almost always one.
 */
final class PersonNames {

    /**
     * The surnames of some nine tenths of all Chinese, and those of two characters that are known from history. Left out
     * are those that mostly are other words where a name may stand: 于, 曾, 常, 任.
     */
    private static final String SURNAME = "(?:欧阳|司马|诸葛|上官|司徒|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|东方|南宫"
            + "|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
            + "杜戴夏钟汪田姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武乔贺赖龚文])";

    /** No given name begins or ends with these. */
    private static final String GIVEN = "[\\p{IsHan}&&[^乃却则又亦即皆分未能的了是在和与及或等不之于为有这那其也都就被把将从到向对而但因所以可会要人家者们年月日时]]";

    private static final String TITLE = "(?:科学家|学家|诗人|词人|作家|画家|书法家|思想家|政治家|军事家|革命家|教育家|音乐家|作曲家|歌唱家"
            + "|发明家|探险家|航海家|企业家|艺术家|皇帝|皇后|将军|总统|总理|主席|国王|大臣|丞相|宰相|名将|教授|院士|博士|导演|演员"
            + "|歌手|医生|工程师(?!范)|建筑师|设计师|宇航员|航天员|运动员|教练|僧人|道士|学者|名医|弟子|学生|妻子|儿子|女儿|父亲|母亲)";

    private static final String DEED = "(?:发明|发现|创立|创建|创办|创作|建立|设计|提出|撰写|编写|编著|编撰|写成|写的|所写|所著|主编|主演|执导|导演"
            + "|绘制|雕刻|主持|率领|领导|翻译|谱曲|作曲|作词|饰演|开创|首创|命名|证明|制造|研制|建造|统一|击败|打败|夺取|继承)";

    /** What may follow a name that a title stands before. */
    private static final String BOUNDARY =
            "(?=$|[\\p{P}\\p{S}\\s0-9]|[的和与及是在于也曾就把将被从到写画]|出生|生于|死于|逝世|去世|率|" + DEED + ")";

    private static final Pattern AFTER_TITLE = Pattern.compile(TITLE + "(" + SURNAME + GIVEN + "{1,2}?)" + BOUNDARY);
    private static final Pattern BEFORE_TITLE =
            Pattern.compile("(?<![\\p{IsHan}])(" + SURNAME + GIVEN + "{1,2})(?=先生|女士|教授|院士|博士|将军|皇帝|同志|道士)");
    private static final Pattern DOER =
            Pattern.compile("(?:由|是|(?<![\\p{IsHan}]))(" + SURNAME + GIVEN + "{1,2}?)(?=" + DEED + ")");
    /** Two characters before the dot and one after it: where a foreign name begins and ends is not marked. */
    private static final Pattern DOTTED =
            Pattern.compile("(?=(\\p{IsHan}{1,2}·\\p{IsHan}))(?<!\\p{IsHan}(?=\\p{IsHan}·))");

    private static final Pattern DOTS = Pattern.compile("[•・‧∙⋅．]");

    /** Words that begin like a name and stand where one may stand. */
    private static final Set<String> WORDS = Set.of(
            "高度", "高等", "高级", "高速", "高温", "高山", "高原", "高手", "高架", "周围", "周边", "周期", "周年", "方法", "方面", "方向", "方式", "方程",
            "白天", "白色", "白银", "黄色", "黄金", "黄河", "马上", "马路", "金属", "金额", "石油", "石头", "水平", "江河", "江南", "夏季", "夏天", "夏朝",
            "秦朝", "秦国", "汤药", "唐朝", "唐代", "宋朝", "宋代", "文章", "文字", "文化", "文学", "文明", "史书", "史料", "万物", "万年", "易于", "何时",
            "何处", "何种", "余下", "程度", "程序", "程式", "段落", "武器", "武力", "武术", "雷达", "雷电", "龙船", "龙舟", "熊猫", "田地", "田野", "林木",
            "林地", "林业", "钟表", "钟楼", "钱币", "许多", "成功", "王国", "王朝", "王室", "王位", "王宫", "孔子", "孟子", "康复", "顾问", "顾客", "叶子",
            "叶片", "丁香", "张开", "罗马", "罗盘", "韩国", "吴国", "魏国", "赵国");

    private PersonNames() {}

    /** What has to stand in a text that has the same names; dots as {@link #withPlainDots} has them. */
    static List<String> in(String text) {
        String plain = withPlainDots(text);
        return Stream.of(AFTER_TITLE, BEFORE_TITLE, DOER, DOTTED)
                .flatMap(pattern -> pattern.matcher(plain).results())
                .map(match -> match.group(1))
                .filter(name -> !WORDS.contains(name) && !WORDS.contains(name.substring(0, 2)))
                .distinct()
                .toList();
    }

    /** A text whose foreign names have one kind of dot. */
    static String withPlainDots(String text) {
        return DOTS.matcher(text).replaceAll("·").toLowerCase(Locale.ROOT);
    }
}
