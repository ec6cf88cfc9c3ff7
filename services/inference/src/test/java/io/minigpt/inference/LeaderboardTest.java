package io.minigpt.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minigpt.inference.BradleyTerry.Rating;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderboardTest {

    private static final VersionId A = new VersionId("a", 1);
    private static final VersionId B = new VersionId("b", 1);
    private static final VersionId C = new VersionId("c", 1);
    private static final VersionId D = new VersionId("d", 1);

    @Test
    void theOddsOfManyBattlesAreTheDifferenceOfTheRatings() {
        // Given ten wins to one
        List<Rating> ratings = BradleyTerry.rate(List.of(new Tally(A, B, 1, 1000, 100, 0, 0)), 1);

        assertThat(ratings.getFirst().version()).isEqualTo(A);
        assertThat(ratings.get(0).rating() - ratings.get(1).rating()).isCloseTo(400, within(4.0));
        assertThat(ratings.getFirst().low()).isLessThan(ratings.getFirst().rating());
        assertThat(ratings.getFirst().high()).isGreaterThan(ratings.getFirst().rating());
        assertThat(ratings.getFirst().battles()).isEqualTo(1100);
    }

    @Test
    void fewBattlesHaveWiderIntervalsAndAlwaysWinningHasAFiniteRating() {
        Rating few =
                BradleyTerry.rate(List.of(new Tally(A, B, 1, 6, 4, 0, 0)), 1).getFirst();
        Rating many = BradleyTerry.rate(List.of(new Tally(A, B, 1, 600, 400, 0, 0)), 1)
                .getFirst();
        Rating always =
                BradleyTerry.rate(List.of(new Tally(A, B, 1, 5, 0, 0, 0)), 1).getFirst();

        assertThat(few.high() - few.low()).isGreaterThan(3 * (many.high() - many.low()));
        assertThat(always.rating()).isBetween(1050.0, 1500.0);
    }

    @Test
    void tiesAndBothBadAreHalfAWinOfEach() {
        List<Rating> ratings = BradleyTerry.rate(List.of(new Tally(A, B, 1, 0, 0, 7, 5)), 1);

        assertThat(ratings).allSatisfy(rating -> assertThat(rating.rating()).isCloseTo(1000, within(1e-6)));
    }

    @Test
    void strengthPassesOnThroughAThird() {
        Leaderboard board =
                Leaderboard.of(List.of(new Tally(A, B, 1, 30, 10, 0, 0), new Tally(B, C, 0.5, 30, 10, 0, 0)));

        assertThat(board.groups()).hasSize(1);
        assertThat(board.groups().getFirst().ratings())
                .extracting(Rating::version)
                .containsExactly(A, B, C);
        // that they never met is said
        assertThat(board.groups().getFirst().neverMet()).containsExactly(List.of(A, C));
    }

    @Test
    void whatNoBattleConnectsIsNotCompared() {
        Leaderboard board = Leaderboard.of(List.of(new Tally(A, B, 1, 3, 1, 0, 0), new Tally(C, D, 1, 1, 3, 0, 0)));

        assertThat(board.groups()).hasSize(2);
        assertThat(board.groups().get(1).ratings()).extracting(Rating::version).containsExactly(D, C);
        assertThat(Leaderboard.of(List.of()).groups()).isEmpty();
    }
}
