package io.minigpt.teacher.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minigpt.teacher.Grounds;
import io.minigpt.teacher.Pair;
import io.minigpt.teacher.PairCheck;
import io.minigpt.teacher.PairLimits;
import io.minigpt.teacher.PairParser;
import io.minigpt.teacher.PairSelection;
import io.minigpt.teacher.QuestionsRequest;
import io.minigpt.teacher.RewriteCheck;
import io.minigpt.teacher.RewriteSelection;
import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.VariantCheck;
import io.minigpt.teacher.VariantParser;
import io.minigpt.teacher.VariantsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The teacher on the sample texts that the repository ships. */
class SampleTextsTest {

    private static final Path SAMPLES = Path.of("../../config/samples");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ExtractiveTeacher teacher = new ExtractiveTeacher();

    @Test
    void everyPairPassesTheChecksAndThereAreEnough() throws IOException {
        PairCheck check = new PairCheck(PairLimits.standard());
        List<JsonNode> documents = lines("documents.jsonl");
        int pairs = 0;
        for (JsonNode document : documents) {
            String title = document.path("title").asText();
            String text = document.path("text").asText();
            TeacherReply reply = teacher.ask(QuestionsRequest.first(text, title, 5, "v"));

            PairSelection selection =
                    check.select(PairParser.parse(reply.rawText()), Grounds.of(title + "\n" + text), List.of(), 5);

            assertThat(selection.rejected()).as(title).isEmpty();
            pairs += selection.accepted().size();
        }

        assertThat((double) pairs / documents.size()).isGreaterThanOrEqualTo(2.5);
    }

    @Test
    void everyCuratedQuestionHasTenWordings() throws IOException {
        for (JsonNode curated : lines("questions.jsonl")) {
            String question = curated.path("question").asText();
            TeacherReply reply = teacher.ask(
                    VariantsRequest.first(question, curated.path("answer").asText(), 10, "v"));

            assertThat(VariantCheck.standard()
                            .select(VariantParser.parse(reply.rawText()), question, List.of(), 10)
                            .accepted())
                    .as(question)
                    .hasSize(10);
        }
    }

    @Test
    void everyCuratedQuestionIsRewordedTogetherWithItsAnswer() throws IOException {
        for (JsonNode curated : lines("questions.jsonl")) {
            Pair pair = new Pair(
                    curated.path("question").asText(), curated.path("answer").asText());
            TeacherReply reply = teacher.ask(VariantsRequest.together(pair.question(), pair.answer(), 10, "v"));

            RewriteSelection selection =
                    RewriteCheck.standard().select(PairParser.parse(reply.rawText()), pair, List.of(), 10);

            assertThat(selection.rejected()).as(pair.question()).isEmpty();
            assertThat(selection.accepted()).as(pair.question()).hasSize(10);
        }
    }

    private static List<JsonNode> lines(String file) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(SAMPLES.resolve(file))) {
            nodes.add(MAPPER.readTree(line));
        }
        return nodes;
    }
}
