package io.minigpt.teacher.extractive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minigpt.teacher.Pair;
import io.minigpt.teacher.Promise;
import io.minigpt.teacher.QuestionsRequest;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.TeacherRequest;
import io.minigpt.teacher.VariantsRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A stand-in for a language model, so that the whole system runs without one: takes questions and answers from the
 * sentences of a Chinese text by rules, and rewords questions by rules. It understands nothing, asks only about what a
 * sentence says on its surface, and the same request always has the same reply. Training data worth having comes from a
 * real model.
 */
public final class ExtractiveTeacher implements Teacher {

    /** Changes whenever the rules do. */
    private static final int RULES = 1;

    private static final JsonMapper MAPPER = new JsonMapper();

    @Override
    public String name() {
        return "extractive";
    }

    @Override
    public String version() {
        return "extractive:rules-" + RULES;
    }

    /** As many as the text gives, none at all for a text without a plain statement. */
    @Override
    public Promise promise(TeacherRequest request) {
        return Promise.upTo(request.wanted());
    }

    @Override
    public TeacherReply ask(TeacherRequest request) {
        long start = System.nanoTime();
        String text =
                switch (request) {
                    case QuestionsRequest asked ->
                        lines(QuestionGenerator.pairs(asked.title(), asked.passage(), asked.wanted(), asked.known()));
                    case VariantsRequest asked
                    when asked.answerToo() ->
                        lines(Rewording.together(
                                new Pair(asked.question(), asked.answer()), asked.wanted(), asked.known()));
                    case VariantsRequest asked ->
                        variants(Rewording.of(asked.question(), asked.wanted(), asked.known()));
                };
        return new TeacherReply(text, 0, 0, Duration.ofNanos(System.nanoTime() - start), version());
    }

    private static String lines(List<Pair> pairs) {
        return pairs.stream()
                .map(pair -> {
                    Map<String, String> fields = new LinkedHashMap<>();
                    fields.put("question", pair.question());
                    fields.put("answer", pair.answer());
                    return json(fields);
                })
                .collect(Collectors.joining("\n"));
    }

    private static String variants(List<String> questions) {
        return questions.stream()
                .map(question -> json(Map.of("question", question)))
                .collect(Collectors.joining("\n"));
    }

    private static String json(Map<String, String> fields) {
        try {
            return MAPPER.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can always be written as JSON", e);
        }
    }
}
