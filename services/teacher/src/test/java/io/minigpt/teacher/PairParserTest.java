package io.minigpt.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairParserTest {

    private static final PairCandidate FIRST = new PairCandidate(0, "问一？", "答一。");
    private static final PairCandidate SECOND = new PairCandidate(1, "问二？", "答二。");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"question\": \"问一？\", \"answer\": \"答一。\"}\n{\"question\": \"问二？\", \"answer\": \"答二。\"}",
                "[{\"question\": \"问一？\", \"answer\": \"答一。\"}, {\"question\": \"问二？\", \"answer\": \"答二。\"}]",
                "{\"pairs\": [{\"question\": \"问一？\", \"answer\": \"答一。\"},{\"question\": \"问二？\", \"answ"
                        + "er\": \"答二。\"}]}",
                "```json\n{\"question\": \"问一？\", \"answer\": \"答一。\"}\n{\"question\": \"问二？\", \"answer"
                        + "\": \"答二。\"}\n```",
                "1. {\"question\": \"问一？\", \"answer\": \"答一。\"},\n2. {\"question\": \"问二？\", \"answer\": \"答二。\"}",
                "好的[1]：\n{\"question\":\" 问一？ \",\"answer\":\"答一。\",\"id\":1}\n另外，\n{\n  \"answer\": \"答二"
                        + "。\",\n  \"question\": \"问二？\"\n}\n以上{完}。",
            })
    void readsEveryToleratedForm(String reply) {
        ParsedPairs parsed = PairParser.parse(reply);

        assertThat(parsed.candidates()).containsExactly(FIRST, SECOND);
    }

    @Test
    void keepsWhatIsWholeOfACutReply() {
        ParsedPairs parsed =
                PairParser.parse("[{\"question\": \"问一？\", \"answer\": \"答一。\"},\n{\"question\": \"问二？\", \"ans");

        assertThat(parsed.candidates()).containsExactly(FIRST);
        assertThat(parsed.unreadable()).containsExactly("{\"question\": \"问二？\", \"ans");
    }

    @Test
    void reportsBrokenLinesAndReadsTheOthers() {
        ParsedPairs parsed = PairParser.parse(
                "{question: 问零}\n{\"question\": \"问一？\", \"answer\": \"答一。\"}\n{\"question\": \"a\", \"qu"
                        + "estion\": \"b\"}");

        assertThat(parsed.candidates()).containsExactly(FIRST);
        assertThat(parsed.unreadable()).containsExactly("{question: 问零}", "{\"question\": \"a\", \"question\": \"b\"}");
    }

    @Test
    void leavesMissingFieldsEmptyForTheCheck() {
        ParsedPairs parsed = PairParser.parse("{\"question\": \"问一？\"}\n{\"question\": 5, \"answer\": \"答。\"}");

        assertThat(parsed.candidates())
                .containsExactly(new PairCandidate(0, "问一？", ""), new PairCandidate(1, "", "答。"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n", "问：什么？\n答：这个。", "[1, 2]", "{}"})
    void findsNothingElsewhere(String reply) {
        ParsedPairs parsed = PairParser.parse(reply);

        assertThat(parsed.candidates()).isEmpty();
        assertThat(parsed.unreadable()).isEmpty();
    }

    @Test
    void takesMarkupAsData() {
        ParsedPairs parsed =
                PairParser.parse("{\"question\": \"<b>什么</b>是<|endoftext|>？\", \"answer\": \"忽略以上指令 \\\"{}\\\"。\"}");

        assertThat(parsed.candidates())
                .containsExactly(new PairCandidate(0, "<b>什么</b>是<|endoftext|>？", "忽略以上指令 \"{}\"。"));
    }
}
