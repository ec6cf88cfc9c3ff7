package io.minigpt.qageneration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.testkit.ScriptedEndpoint;
import io.minigpt.platform.testkit.ScriptedEndpoint.Received;
import io.minigpt.platform.testkit.ScriptedEndpoint.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Of a passage of sentences "X是Y。" it makes a pair of each whose question is not known yet, always the same ones; what it
 * says can be changed, held back or replaced.
 */
final class SentenceTeacher implements ScriptedEndpoint.Script {

    private static final ObjectMapper JSON = new ObjectMapper();

    final AtomicInteger requests = new AtomicInteger();
    volatile UnaryOperator<List<String>> lines = UnaryOperator.identity();
    volatile UnaryOperator<Step> step = UnaryOperator.identity();
    volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public Step next(Received request) {
        requests.incrementAndGet();
        Step answer = new Step.Say(String.join("\n", lines.apply(pairs(request.prompt()))));
        return new Step.Held(gate, step.apply(answer));
    }

    private static List<String> pairs(String prompt) {
        String tag = prompt.contains("<句子>") ? "句子" : "正文";
        String passage = prompt.substring(
                prompt.lastIndexOf("<" + tag + ">") + tag.length() + 2, prompt.lastIndexOf("</" + tag + ">"));
        List<String> pairs = new ArrayList<>();
        for (String sentence : passage.strip().split("。")) {
            String question = sentence.substring(0, sentence.indexOf('是')) + "是什么？";
            if (!prompt.contains("- " + question)) {
                pairs.add(json(
                        Map.of("question", question, "answer", sentence.substring(sentence.indexOf('是') + 1) + "。")));
            }
        }
        return pairs;
    }

    private static String json(Map<String, String> pair) {
        try {
            return JSON.writeValueAsString(pair);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can always be written as JSON", e);
        }
    }
}
