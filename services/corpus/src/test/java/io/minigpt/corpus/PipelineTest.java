package io.minigpt.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineTest {

    @Test
    void handsResultsOnInTheOrderOfTheItems() {
        List<Integer> handedOn = new ArrayList<>();
        CountDownLatch laterIsDone = new CountDownLatch(1);
        try (Pipeline pipeline = new Pipeline(3)) {
            pipeline.add(
                    () -> {
                        await(laterIsDone);
                        return 0;
                    },
                    handedOn::add);
            pipeline.add(
                    () -> {
                        laterIsDone.countDown();
                        return 1;
                    },
                    handedOn::add);
            for (int i = 2; i < 100; i++) {
                int item = i;
                pipeline.add(() -> item, handedOn::add);
            }
            pipeline.finish();
        }

        assertThat(handedOn).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void holdsAFewItemsAtMost() {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Pipeline pipeline = new Pipeline(3)) {
            for (int i = 0; i < 50; i++) {
                pipeline.add(
                        () -> most.accumulateAndGet(held.incrementAndGet(), Math::max),
                        nothing -> held.decrementAndGet());
            }
            pipeline.finish();
        }

        assertThat(most.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void handsNothingOnAfterAFailure() {
        List<Integer> handedOn = new ArrayList<>();
        assertThatIllegalStateException()
                .isThrownBy(() -> {
                    try (Pipeline pipeline = new Pipeline(2)) {
                        pipeline.add(() -> 0, handedOn::add);
                        pipeline.add(
                                () -> {
                                    throw new IllegalStateException("no");
                                },
                                nothing -> {});
                        for (int i = 2; i < 10; i++) {
                            int item = i;
                            pipeline.add(() -> item, handedOn::add);
                        }
                        pipeline.finish();
                    }
                })
                .withMessage("no");

        assertThat(handedOn).containsExactly(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
