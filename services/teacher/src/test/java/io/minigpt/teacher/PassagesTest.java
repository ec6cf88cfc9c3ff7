package io.minigpt.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassagesTest {

    @Test
    void aTextWithinTheLimitIsOnePassage() {
        assertThat(Passages.split(" 水是什么。\n", 1_600)).containsExactly(new Passage("水是什么。", 1, 6));
    }

    @Test
    void aLongTextIsCutAtSentenceEndsIntoAboutEqualParts() {
        String text = "一二三四五六七八九。".repeat(170);

        List<Passage> passages = Passages.split(text, 1_600);

        assertThat(passages).hasSize(2);
        assertThat(passages).allSatisfy(passage -> assertThat(passage.text()).endsWith("九。"));
        assertThat(passages.get(0).text().length()).isEqualTo(850);
        assertThat(passages.get(1).start()).isEqualTo(850);
    }

    @Test
    void aSentenceKeepsTheQuotesThatCloseIt() {
        assertThat(Sentences.in("他说：“走吧！”然后走了。完")).extracting(Passage::text).containsExactly("他说：“走吧！”", "然后走了。", "完");
    }

    @Test
    void aSentenceBeyondTheLimitIsCutButNeverInsideACodePoint() {
        List<Passage> passages = Passages.split("𠮷".repeat(10), 5);

        assertThat(passages).extracting(Passage::text).containsExactly("𠮷𠮷", "𠮷𠮷", "𠮷𠮷", "𠮷𠮷", "𠮷𠮷");
    }

    @Test
    void passagesTogetherHoldEverythingButWhiteSpace() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                text.append("字词，。！ \n𠮷”".charAt(random.nextInt(10)));
            }
            int limit = 2 + random.nextInt(60);

            List<Passage> passages = Passages.split(text.toString(), limit);

            int end = 0;
            for (Passage passage : passages) {
                assertThat(text.substring(end, passage.start())).isBlank();
                assertThat(passage.text())
                        .isEqualTo(text.substring(passage.start(), passage.end()))
                        .hasSizeLessThanOrEqualTo(limit);
                end = passage.end();
            }
            assertThat(text.substring(end)).isBlank();
        }
    }
}
