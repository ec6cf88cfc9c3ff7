package io.minigpt.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.minigpt.teacher.PooledTeacher.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PooledTeacherTest {

    private static final Teacher BIG = new PlainTeacher("big");
    private static final Teacher SMALL = new PlainTeacher("small");

    @Test
    void asksInTheProportionOfTheWeights() throws InterruptedException {
        PooledTeacher pool = new PooledTeacher("pool", List.of(new Member(SMALL, 1), new Member(BIG, 3)));

        Map<String, Integer> asked = new TreeMap<>();
        for (int document = 0; document < 4_000; document++) {
            asked.merge(pool.ask(about("文章" + document + "。")).rawText(), 1, Integer::sum);
        }

        assertThat(asked.get("big")).isBetween(2_800, 3_200);
        assertThat(asked.get("small")).isBetween(800, 1_200);
    }

    @Test
    void theSameTextGoesToTheSameTeacher() {
        PooledTeacher pool = new PooledTeacher("pool", List.of(new Member(BIG, 1), new Member(SMALL, 1)));

        assertThat(IntStream.range(0, 20).mapToObj(i -> text(pool, "水是液体。")).distinct())
                .hasSize(1);
    }

    @Test
    void fallsBackWhenATeacherFailsOrTakesNoCalls() throws InterruptedException {
        Teacher refusing =
                failing("a", new FatalTeacherException(FatalTeacherException.Kind.UNAUTHORIZED, "http://a", 401, ""));
        Teacher busy = failing("b", new TeacherBusyException("paused", Duration.ofSeconds(9)));
        PooledTeacher pool =
                new PooledTeacher("pool", List.of(new Member(refusing, 5), new Member(busy, 5), new Member(SMALL, 0)));

        for (int document = 0; document < 50; document++) {
            assertThat(pool.ask(about("文章" + document + "。")).rawText()).isEqualTo("small");
        }
    }

    @Test
    void waitsForTheOneThatTakesCallsFirst() {
        PooledTeacher pool = new PooledTeacher(
                "pool",
                List.of(
                        new Member(failing("a", new TeacherBusyException("a", Duration.ofSeconds(9))), 1),
                        new Member(failing("b", new TeacherBusyException("b", Duration.ofSeconds(4))), 1)));

        TeacherBusyException busy = catchThrowableOfType(TeacherBusyException.class, () -> pool.ask(about("水是液体。")));

        assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void failsWhenAllFail() {
        FatalTeacherException refusal =
                new FatalTeacherException(FatalTeacherException.Kind.NOT_FOUND, "http://a", 404, "");
        PooledTeacher pool = new PooledTeacher("pool", List.of(new Member(failing("a", refusal), 1)));

        assertThatThrownBy(() -> pool.ask(about("水是液体。"))).isSameAs(refusal);
    }

    @Test
    void itsVersionNamesTheMembersAndTheirWeights() {
        assertThat(new PooledTeacher("pool", List.of(new Member(SMALL, 1), new Member(BIG, 3))).version())
                .isEqualTo("pool:3*big-1|1*small-1");
        assertThatThrownBy(() -> new PooledTeacher("pool", List.of(new Member(BIG, 0))))
                .hasMessageContaining("pool needs a member with a weight");
    }

    private static String text(Teacher teacher, String passage) {
        try {
            return teacher.ask(about(passage)).rawText();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static QuestionsRequest about(String passage) {
        return QuestionsRequest.first(passage, "", 5, "v1");
    }

    private static Teacher failing(String name, RuntimeException failure) {
        return new PlainTeacher(name) {
            @Override
            public TeacherReply ask(TeacherRequest request) {
                throw failure;
            }
        };
    }
}
