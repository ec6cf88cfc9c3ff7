package io.minigpt.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairCheckTest {

    private static final Grounds PASSAGE =
            Grounds.of("灯塔建在海岸上，用强光为船只指示航向。1822年，法国物理学家菲涅耳设计出一种透镜，" + "光可以照到三十多千米以外，面积1,200平方米。《灯塔颂》由BBC播出。");
    private static final PairCheck CHECK = new PairCheck(PairLimits.standard());

    @Test
    void acceptsAGroundedPair() {
        assertThat(CHECK.check(new Pair("灯塔建在哪里？", "灯塔建在海岸上。"), PASSAGE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 海岸上。, MISSING_FIELD",
        "灯塔建在哪里？, '', MISSING_FIELD",
        "谁？, 菲涅耳。, QUESTION_LENGTH",
        "灯塔建在哪里, 海岸上。, QUESTION_MARK",
        "灯塔建在哪里?, 海岸上。, QUESTION_MARK",
        "灯塔呢？建在哪里？, 海岸上。, QUESTION_MARK",
        "Where is the 灯塔？, 海岸上。, LANGUAGE",
        "本文主要说的是什么？, 灯塔建在海岸上。, ABOUT_THE_TEXT",
        "根据上文灯塔建在哪里？, 海岸上。, ABOUT_THE_TEXT",
        "灯塔建在海岸上还是哪里？, 海岸上。, ANSWER_IN_QUESTION",
        "灯塔建在哪里？, 月球的背面。, NOT_GROUNDED",
        "透镜是哪一年设计出的？, 菲涅耳在1823年设计出一种透镜。, NUMBER_NOT_IN_TEXT",
        "光可以照到多远？, 光可以照到五十多千米以外。, NUMBER_NOT_IN_TEXT",
        "谁播出了这首颂歌？, 灯塔颂由CNN播出。, NAME_NOT_IN_TEXT",
        "谁设计出一种透镜？, 法国物理学家高斯设计出一种透镜。, NAME_NOT_IN_TEXT",
    })
    void refusesABadPairWithItsReason(String question, String answer, PairReject reason) {
        assertThat(CHECK.check(new Pair(question, answer), PASSAGE))
                .get()
                .extracting(RejectedPair::reason)
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"灯塔的面积是多少？, 面积1200平方米。", "透镜是哪年的？, １８２２年。", "谁播出了这首颂歌？, 《灯塔颂》由bbc播出。"})
    void readsNumbersAndNamesInAnyWidthAndCase(String question, String answer) {
        assertThat(CHECK.check(new Pair(question, answer), PASSAGE)).isEmpty();
    }

    @Test
    void refusesLongAnswers() {
        String answer = "灯塔建在海岸上，".repeat(50);

        assertThat(CHECK.check(new Pair("灯塔建在哪里？", answer), PASSAGE))
                .get()
                .extracting(RejectedPair::reason)
                .isEqualTo(PairReject.ANSWER_LENGTH);
    }

    @Test
    void keepsTheGoodPairsOfAReplyAndNamesTheOthers() {
        ParsedPairs reply = PairParser.parse("""
            {"question": "灯塔建在哪里?", "answer": "海岸上？"}
            {"question": "灯塔 建在 哪里？", "answer": "海岸上。"}
            {"question": "谁设计出一种透镜？", "answer": "菲涅耳。"}
            {"question": "灯塔用什么指示航向？", "answer": "用强光。"}
            {"question": "灯塔用什么为船只指示航向？", "answer": "强光。"}
            {"question": "坏
            """);

        PairSelection selection = CHECK.select(reply, PASSAGE, List.of("谁设计出一种透镜？"), 2);

        assertThat(selection.accepted()).containsExactly(new Pair("灯塔建在哪里？", "海岸上。"), new Pair("灯塔用什么指示航向？", "用强光。"));
        assertThat(selection.rejected())
                .extracting(RejectedPair::reason)
                .containsExactly(PairReject.DUPLICATE, PairReject.DUPLICATE, PairReject.SURPLUS, PairReject.NOT_JSON);
    }
}
