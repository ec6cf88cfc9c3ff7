package io.minigpt.generation.bench;

import io.minigpt.platform.testkit.ScriptedEndpoint;
import io.minigpt.platform.testkit.ScriptedEndpoint.Received;
import io.minigpt.platform.testkit.ScriptedEndpoint.Step;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Answers every passage with five pairs about it, in 100 to 300 ms; the same passage always in the same time. */
final class SteadyTeacher implements ScriptedEndpoint.Script {

    private static final int MIN_MILLIS = 100;
    private static final int SPREAD_MILLIS = 201;
    /** Pairs of a passage. */
    static final int PAIRS = 5;

    private final LongAdder millis = new LongAdder();
    private final LongAdder calls = new LongAdder();

    @Override
    public Step next(Received request) {
        String prompt = request.prompt();
        String passage = prompt.substring(prompt.lastIndexOf("<正文>") + 4, prompt.lastIndexOf("</正文>"));
        StringBuilder reply = new StringBuilder();
        String[] sentences = passage.strip().split("。");
        for (int i = 0; i < PAIRS; i++) {
            String[] parts = sentences[i].split("是", 2);
            reply.append("{\"question\": \"")
                    .append(parts[0])
                    .append("是什么？\", \"answer\": \"")
                    .append(parts[1])
                    .append("。\"}\n");
        }
        int time = MIN_MILLIS + Math.floorMod(passage.hashCode() * 31, SPREAD_MILLIS);
        millis.add(time);
        calls.increment();
        return new Step.Slow(Duration.ofMillis(time), new Step.Say(reply.toString()));
    }

    /** The text of a document: five statements that no other document makes. */
    static String text(int document) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PAIRS; i++) {
            text.append("第")
                    .append(document)
                    .append("号物品的第")
                    .append(i)
                    .append("个部件是编号")
                    .append(document * PAIRS + i)
                    .append("的金属零件。");
        }
        return text.toString();
    }

    /** Counts from here. */
    void reset() {
        millis.reset();
        calls.reset();
    }

    /** Time of all replies, one after another. */
    Duration spent() {
        return Duration.ofMillis(millis.sum());
    }

    long calls() {
        return calls.sum();
    }
}
