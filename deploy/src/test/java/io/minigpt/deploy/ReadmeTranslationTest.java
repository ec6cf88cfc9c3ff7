package io.minigpt.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Chinese README says what the English one says, as far as a program can tell. */
class ReadmeTranslationTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^#+");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w*$.*?^```$");
    private static final Pattern COMMENT = Pattern.compile(" +# .*");
    private static final Pattern CODE = Pattern.compile("(?<!`)`[^`\n]+`(?!`)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]*)\\)|https?://[\\w.:/-]+\\w");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|");

    private final String english = Repository.read("README.md");
    private final String chinese = Repository.read("README.zh.md");

    @Test
    void bothHaveTheSameHeadingsAndTables() {
        assertThat(all(HEADING, prose(chinese))).isEqualTo(all(HEADING, prose(english)));
        assertThat(all(ROW, chinese)).hasSameSizeAs(all(ROW, english));
    }

    @Test
    void bothHaveTheSameCommands() {
        assertThat(all(BLOCK, chinese)).isNotEmpty().isEqualTo(all(BLOCK, english));
        assertThat(all(CODE, prose(chinese))).containsExactlyInAnyOrderElementsOf(all(CODE, prose(english)));
    }

    @Test
    void bothLinkToTheSamePages() {
        assertThat(all(LINK, chinese.replace("(README.md)", "")))
                .containsExactlyInAnyOrderElementsOf(all(LINK, english.replace("(README.zh.md)", "")));
    }

    /** Without the blocks, where a # begins a comment. */
    private static String prose(String text) {
        return BLOCK.matcher(text).replaceAll("");
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(found -> COMMENT.matcher(found).replaceAll(""))
                .toList();
    }
}
