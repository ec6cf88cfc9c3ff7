package io.minigpt.teacher.extractive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expressions of time in Chinese text. */
final class Times {

    private static final String YEAR = "(?:公元前|公元|西元前|西元|前)?(?:\\d{3,4}|[〇零一二三四五六七八九]{4})年";
    private static final String DAY = "(?:\\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\\d{1,2}|[一二三四五六七八九十]{1,3})日)?[初底]?";
    private static final String CENTURY = "(?:公元前|公元|西元前)?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})世纪"
            + "(?:(?:\\d{2}|[一二三四五六七八九]十)年代)?(?:初期|末期|中叶|中期|后期|前期|早期|晚期|初|末|后半叶|前半叶|上半叶|下半叶)?";
    private static final String DECADE = "\\d{3,4}年代(?:初期|末期|中期|后期|初|末|中)?";

    /** A time; group names are not used, so that it can be part of other expressions. */
    static final String ANY = "(?>" + DECADE + "|" + YEAR + "(?:" + DAY + "|[初末底春夏秋冬](?![代朝]))?|" + CENTURY + ")";

    private static final Pattern ONE_YEAR = Pattern.compile("^" + YEAR + "$");
    private static final Pattern FIND = Pattern.compile(ANY);

    private Times() {}

    /** What to ask for: a year for a year, else a time. */
    static String questionWord(String time) {
        return ONE_YEAR.matcher(time).matches() ? "哪一年" : "什么时候";
    }

    static boolean in(String text) {
        return FIND.matcher(text).find();
    }

    static int count(String text) {
        Matcher times = FIND.matcher(text);
        int count = 0;
        while (times.find()) {
            count++;
        }
        return count;
    }
}
