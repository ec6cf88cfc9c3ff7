package io.minigpt.tokenization;

import io.minigpt.proto.dataset.v1.TeacherEstimate;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a teacher is expected to take, by what it took before. */
final class Estimates {

    private static final int COST_DIGITS = 6;

    private Estimates() {}

    /** Scales what so many subjects took together to another number of them, rounding up. */
    static TeacherEstimate of(TeacherEstimate taken, long subjects) {
        return taken.toBuilder()
                .setCalls(scaled(taken.getCalls(), subjects, taken.getMeasured()))
                .setTokensIn(scaled(taken.getTokensIn(), subjects, taken.getMeasured()))
                .setTokensOut(scaled(taken.getTokensOut(), subjects, taken.getMeasured()))
                .setCost(new BigDecimal(taken.getCost())
                        .multiply(BigDecimal.valueOf(subjects))
                        .divide(BigDecimal.valueOf(taken.getMeasured()), COST_DIGITS, RoundingMode.UP)
                        .stripTrailingZeros()
                        .toPlainString())
                .build();
    }

    private static long scaled(long amount, long subjects, long measured) {
        return BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(subjects))
                .divide(BigDecimal.valueOf(measured), 0, RoundingMode.UP)
                .longValueExact();
    }
}
