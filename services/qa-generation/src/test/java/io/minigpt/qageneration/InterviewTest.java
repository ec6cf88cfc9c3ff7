package io.minigpt.qageneration;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.teacher.PairReject;
import io.minigpt.teacher.Promise;
import io.minigpt.teacher.QuestionsRequest;
import io.minigpt.teacher.Teacher;
import io.minigpt.teacher.TeacherReply;
import io.minigpt.teacher.TeacherRequest;
import io.minigpt.teacher.extractive.ExtractiveTeacher;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterviewTest {

    private static final String TEXT = "太阳是太阳系中心的恒星。月球是地球的天然卫星。火星是太阳系的第四颗行星。";
    private static final Subject DOCUMENT = new Subject("d", "v", "", TEXT);
    private static final String SUN = "{\"question\": \"太阳是什么？\", \"answer\": \"太阳系中心的恒星。\"}\n";
    private static final String MOON = "{\"question\": \"月球是什么？\", \"answer\": \"地球的天然卫星。\"}\n";
    private static final String MARS = "{\"question\": \"火星是什么？\", \"answer\": \"太阳系的第四颗行星。\"}\n";
    private static final String UNGROUNDED = "{\"question\": \"木星是什么？\", \"answer\": \"一种会飞的动物。\"}\n";

    private final ScriptedTeacher teacher = new ScriptedTeacher();
    private final MemoryCalls calls = new MemoryCalls();

    /** Says what it was given, in order, and remembers what it was asked. */
    private static final class ScriptedTeacher implements Teacher {

        private final Deque<String> replies = new ArrayDeque<>();
        private final List<QuestionsRequest> asked = new ArrayList<>();

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public String version() {
            return "scripted-1";
        }

        @Override
        public Promise promise(TeacherRequest request) {
            return Promise.exactly(request.wanted());
        }

        @Override
        public TeacherReply ask(TeacherRequest request) {
            asked.add((QuestionsRequest) request);
            return new TeacherReply(replies.remove(), 10, 20, Duration.ofMillis(1), "scripted");
        }
    }

    @Test
    void takesWhatWasPromised() throws InterruptedException {
        teacher.replies.add(SUN + MOON + MARS);

        Findings findings = interview(3);

        assertThat(findings.complete()).isTrue();
        assertThat(findings.pairs()).extracting(FoundPair::question).containsExactly("太阳是什么？", "月球是什么？", "火星是什么？");
        assertThat(findings.pairs()).extracting(FoundPair::ordinal).containsExactly(0, 1, 2);
        assertThat(findings.pairs()).allSatisfy(pair -> {
            assertThat(pair.start()).isZero();
            assertThat(pair.end()).isEqualTo(TEXT.length());
            assertThat(calls.kept).containsKey(pair.callId());
        });
    }

    @Test
    void asksAgainOnlyForWhatIsMissing() throws InterruptedException {
        teacher.replies.add(SUN + UNGROUNDED);
        teacher.replies.add(SUN + MOON);
        teacher.replies.add(MARS);

        Findings findings = interview(3);

        assertThat(findings.complete()).isTrue();
        assertThat(findings.pairs()).hasSize(3);
        assertThat(teacher.asked).extracting(QuestionsRequest::wanted).containsExactly(3, 2, 1);
        assertThat(teacher.asked.get(2).known()).containsExactly("太阳是什么？", "月球是什么？");
        assertThat(teacher.asked.get(1).hint()).isNotEmpty();
        assertThat(findings.refusals())
                .extracting(refusal -> refusal.pair().reason())
                .containsExactly(PairReject.NOT_GROUNDED, PairReject.DUPLICATE);
    }

    @Test
    void givesUpAfterTheLastAttemptAndKeepsTheGoodPairs() throws InterruptedException {
        teacher.replies.add(SUN);
        teacher.replies.add("");
        teacher.replies.add("我不知道");
        teacher.replies.add(UNGROUNDED);

        Findings findings = interview(3);

        assertThat(findings.complete()).isFalse();
        assertThat(findings.pairs()).extracting(FoundPair::question).containsExactly("太阳是什么？");
        assertThat(findings.shortfalls()).singleElement().satisfies(shortfall -> {
            assertThat(shortfall.reason()).isEqualTo("1 of 3 pairs after 4 replies");
            assertThat(shortfall.callIds()).hasSize(4).isSubsetOf(calls.kept.keySet());
        });
    }

    @Test
    void neverAsksTwiceForAReplyThatItHas() throws InterruptedException {
        teacher.replies.add(SUN + UNGROUNDED);
        teacher.replies.add(MOON + MARS);
        Findings first = interview(3);

        Findings second = interview(3);

        assertThat(teacher.asked).hasSize(2);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void asksAboutEveryPassage() throws InterruptedException {
        teacher.replies.add(SUN);
        teacher.replies.add(MOON);
        teacher.replies.add(MARS);

        Findings findings = interview(1, "minigpt.generation.passage-limit", "14");

        assertThat(findings.complete()).isTrue();
        assertThat(findings.pairs()).extracting(FoundPair::ordinal).containsExactly(0, 1, 2);
        assertThat(findings.pairs())
                .allSatisfy(pair ->
                        assertThat(TEXT.substring(pair.start(), pair.end())).contains(pair.answer()));
        assertThat(teacher.asked).extracting(QuestionsRequest::attempt).containsExactly(1, 1, 1);
    }

    @Test
    void asksAboutTheFirstPassageOnlyIfThatIsWanted() throws InterruptedException {
        teacher.replies.add(SUN);

        Findings findings = interview(new Depth(0, true, 0), 1, "minigpt.generation.passage-limit", "14");

        assertThat(findings.complete()).isTrue();
        assertThat(teacher.asked).hasSize(1);
    }

    @Test
    void asksAboutEverySentenceInItsContext() throws InterruptedException {
        teacher.replies.add(SUN);
        teacher.replies.add(MOON);
        teacher.replies.add(MARS);

        Findings findings = interview(new Depth(1, false, 0), 5);

        assertThat(findings.complete()).isTrue();
        assertThat(findings.pairs()).hasSize(3);
        assertThat(findings.pairs())
                .allSatisfy(pair ->
                        assertThat(TEXT.substring(pair.start(), pair.end())).contains(pair.answer()));
        assertThat(teacher.asked).allSatisfy(request -> {
            assertThat(request.wanted()).isEqualTo(1);
            assertThat(request.context()).isEqualTo(TEXT);
        });
        assertThat(teacher.asked).extracting(QuestionsRequest::passage).contains("月球是地球的天然卫星。");
    }

    @Test
    void furtherAttemptsBeginWhereTheLastOnesEnded() throws InterruptedException {
        teacher.replies.addAll(List.of(SUN, "", "", ""));
        assertThat(interview(3).complete()).isFalse();
        teacher.replies.add(MOON + MARS);

        Findings findings = interview(new Depth(0, false, 8), 3);

        assertThat(findings.complete()).isTrue();
        assertThat(teacher.asked).extracting(QuestionsRequest::attempt).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void isContentWithWhatTheStandInFinds() throws InterruptedException {
        Subject plain = new Subject("d", "v", "", "啊啊啊。");

        Findings findings = Interview.about(plain, Depth.STANDARD, new ExtractiveTeacher(), "p", settings(5), calls);

        assertThat(findings.complete()).isTrue();
        assertThat(findings.pairs()).isEmpty();
    }

    private Findings interview(int pairs, String... more) throws InterruptedException {
        return interview(Depth.STANDARD, pairs, more);
    }

    private Findings interview(Depth depth, int pairs, String... more) throws InterruptedException {
        return Interview.about(DOCUMENT, depth, teacher, "p", settings(pairs, more), calls);
    }

    private static GenerationConfig settings(int pairs, String... more) {
        Map<String, String> values = new HashMap<>();
        values.put("minigpt.generation.pairs", Integer.toString(pairs));
        if (more.length == 2) {
            values.put(more[0], more[1]);
        }
        return Settings.of(values);
    }
}
