package io.minigpt.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.registry.FigureCondition.Comparison;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.VersionQuery.Position;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VersionQueryTest {

    @Test
    void theNewestComeFirstUnlessAFigureIsNamed() {
        assertThat(VersionQuery.of(VersionFilter.ALL, null, false, "", 5).sort())
                .isEmpty();
        assertThat(VersionQuery.of(VersionFilter.ALL, "registeredAt", false, "", 5)
                        .sort())
                .isEmpty();
        assertThat(VersionQuery.of(VersionFilter.ALL, "rougeL.unseen", false, "", 5)
                        .sort())
                .contains("rougeL.unseen");
    }

    @Test
    void cursorsReadBack() {
        for (Position position : new Position[] {
            new Position(OptionalDouble.empty(), 7),
            new Position(OptionalDouble.of(-1.25e-7), 3),
            new Position(OptionalDouble.of(1_790_000_000_123_456d), 100_000)
        }) {
            assertThat(Position.parse(position.toString())).isEqualTo(position);
        }
        assertThatThrownBy(() -> VersionQuery.of(VersionFilter.ALL, null, false, "next", 5))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("cursor 'next' does not come from this list");
    }

    @Test
    void figuresHaveBounds() {
        assertThat(FigureCondition.parse("rougeL.unseen>=0.3"))
                .isEqualTo(new FigureCondition("rougeL.unseen", Comparison.AT_LEAST, 0.3));
        assertThat(FigureCondition.parse("rougeL.continuation@0.1<1e-2"))
                .isEqualTo(new FigureCondition("rougeL.continuation@0.1", Comparison.LESS, 0.01));
        for (String wrong : new String[] {"rougeL", "rougeL=1", ">=1", "rougeL>=much"}) {
            assertThatThrownBy(() -> FigureCondition.parse(wrong))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining(wrong);
        }
    }

    @Test
    void versionsHaveANameAndANumber() {
        assertThat(References.version("with", "samples:3")).isEqualTo(new VersionReference("samples", 3));
        assertThatThrownBy(() -> References.version("with", "samples"))
                .hasMessage("with 'samples' must be name:version, such as samples:3");
        assertThatThrownBy(() -> References.version("with", "samples:new"))
                .hasMessage("with version 'new' is no number");
    }
}
