package io.minigpt.inference.http;

import io.minigpt.inference.BradleyTerry;
import io.minigpt.inference.Leaderboard;
import io.minigpt.inference.Tally;
import io.minigpt.inference.VersionId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The standing of versions by the votes of people.
 *
 * @param groups versions that battles connect; versions of different groups cannot be compared
 * @param pairs the votes on each pair at each temperature
 */
@Schema(name = "Leaderboard")
public record LeaderboardView(List<Group> groups, List<Pair> pairs) {

    /**
     * Versions that battles connect.
     *
     * @param ratings the best first
     * @param neverMet pairs of them that are compared through others only
     */
    @Schema(name = "LeaderboardGroup")
    public record Group(List<Rating> ratings, List<List<String>> neverMet) {}

    /**
     * A version's rating.
     *
     * @param model name:version
     * @param rating in Elo's unit, 1000 on average: 400 more are ten times the odds
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param battles in which it stood
     */
    @Schema(name = "LeaderboardRating")
    public record Rating(String model, double rating, double low, double high, int battles) {}

    /**
     * The votes on a pair.
     *
     * @param a name:version
     * @param b name:version
     * @param temperature sampling temperature of both
     * @param winsA battles that a won
     * @param winsB battles that b won
     * @param ties both as good
     * @param bothBad neither good
     */
    @Schema(name = "LeaderboardPair")
    public record Pair(String a, String b, double temperature, int winsA, int winsB, int ties, int bothBad) {}

    static LeaderboardView of(List<Tally> tallies) {
        Leaderboard board = Leaderboard.of(tallies);
        return new LeaderboardView(
                board.groups().stream().map(LeaderboardView::group).toList(),
                board.pairs().stream().map(LeaderboardView::pair).toList());
    }

    private static Group group(Leaderboard.Group group) {
        return new Group(
                group.ratings().stream().map(LeaderboardView::rating).toList(),
                group.neverMet().stream()
                        .map(pair -> pair.stream().map(VersionId::toString).toList())
                        .toList());
    }

    private static Rating rating(BradleyTerry.Rating rating) {
        return new Rating(rating.version().toString(), rating.rating(), rating.low(), rating.high(), rating.battles());
    }

    private static Pair pair(Tally tally) {
        return new Pair(
                tally.a().toString(),
                tally.b().toString(),
                tally.temperature(),
                tally.winsA(),
                tally.winsB(),
                tally.ties(),
                tally.bothBad());
    }
}
