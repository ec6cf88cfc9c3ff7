package io.minigpt.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatedAndPricedTeacherTest {

    @Test
    void waitsForATokenThatIsNear() throws InterruptedException {
        Deque<Duration> waits = new ArrayDeque<>(List.of(Duration.ofMillis(2), Duration.ofMillis(1), Duration.ZERO));
        Teacher rated = new RatedTeacher(new PlainTeacher("t"), waits::remove);

        assertThat(rated.ask(PlainTeacher.REQUEST).rawText()).isEqualTo("t");

        assertThat(waits).isEmpty();
    }

    @Test
    void doesNotWaitForATokenThatIsFar() {
        Teacher rated = new RatedTeacher(new PlainTeacher("t"), () -> Duration.ofSeconds(6));

        TeacherBusyException busy =
                catchThrowableOfType(TeacherBusyException.class, () -> rated.ask(PlainTeacher.REQUEST));

        assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(6));
        assertThat(busy).hasMessageContaining("rate of teacher t");
    }

    @Test
    void aReplySaysWhoGaveItAndWhatItCost() throws InterruptedException {
        Price price = new Price(new BigDecimal("0.15"), new BigDecimal("0.60"));

        TeacherReply reply = new PricedTeacher("hosted", new PlainTeacher("t"), price).ask(PlainTeacher.REQUEST);

        assertThat(reply.cost()).isEqualByComparingTo("0.45");
        assertThat(reply.answeredBy()).isEqualTo("hosted/t-1");
    }

    @Test
    void aNegativePriceIsRefused() {
        assertThatThrownBy(() -> new Price(BigDecimal.ZERO, BigDecimal.ONE.negate()))
                .hasMessageContaining("price out must not be negative");
    }
}
