package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.minigpt.gpt.GenerationRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTextsTest {

    private final WaitingTexts waiting = new WaitingTexts();

    @Test
    void callersTakeTurnsAndEachOnesTextsKeepTheirOrder() {
        Submission many = submission(3);
        Submission more = submission(1);
        Submission other = submission(2);
        waiting.add("many", many.texts());
        waiting.add("many", more.texts());
        waiting.add("other", other.texts());

        List<SubmittedText> order = new ArrayList<>();
        while (waiting.size() > 0) {
            assertThat(waiting.first()).contains(waiting.all().getFirst());
            order.add(waiting.remove());
        }

        assertThat(order)
                .containsExactly(
                        many.texts().get(0),
                        other.texts().get(0),
                        many.texts().get(1),
                        other.texts().get(1),
                        many.texts().get(2),
                        more.texts().get(0));
        assertThat(waiting.first()).isEmpty();
    }

    @Test
    void whatNobodyWaitsForIsTakenOut() {
        Submission gone = submission(2);
        Submission here = submission(1);
        waiting.add("gone", gone.texts());
        waiting.add("here", here.texts());
        gone.cancel(new CallerGoneException());

        waiting.removeAbandoned();

        assertThat(waiting.all()).isEqualTo(here.texts());
        assertThat(waiting.size()).isEqualTo(1);
    }

    private static Submission submission(int texts) {
        ServableVersion version = new ServableVersion(new VersionId("samples", 1), Stage.SFT, List.of(), Instant.EPOCH);
        GenerationRequest request = GenerationRequest.greedy(new int[] {1}, 1);
        return new Submission(version, Collections.nCopies(texts, request), Duration.ofHours(1));
    }
}
