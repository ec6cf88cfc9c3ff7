package io.minigpt.inference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The standing of versions by the votes of people. Only versions that battles connect are in one group and compared; of
 * those, pairs that never met are named.
 *
 * @param groups versions that can be compared with each other
 * @param pairs the votes on each pair at each temperature
 */
public record Leaderboard(List<Group> groups, List<Tally> pairs) {

    private static final long SEED = 1;

    /**
     * Versions that battles connect.
     *
     * @param ratings the best first
     * @param neverMet pairs of them that no battle compared directly
     */
    public record Group(List<BradleyTerry.Rating> ratings, List<List<VersionId>> neverMet) {}

    public Leaderboard {
        groups = List.copyOf(groups);
        pairs = List.copyOf(pairs);
    }

    /** Of these votes. */
    public static Leaderboard of(List<Tally> tallies) {
        List<Group> groups = new ArrayList<>();
        List<Tally> left = new ArrayList<>(tallies);
        while (!left.isEmpty()) {
            List<Tally> connected = connected(left);
            left.removeAll(connected);
            groups.add(group(connected));
        }
        return new Leaderboard(groups, tallies);
    }

    private static List<Tally> connected(List<Tally> tallies) {
        Set<VersionId> reached = new HashSet<>(Set.of(tallies.getFirst().a()));
        int before;
        do {
            before = reached.size();
            for (Tally tally : tallies) {
                if (reached.contains(tally.a()) || reached.contains(tally.b())) {
                    reached.add(tally.a());
                    reached.add(tally.b());
                }
            }
        } while (reached.size() > before);
        return tallies.stream().filter(tally -> reached.contains(tally.a())).toList();
    }

    private static Group group(List<Tally> tallies) {
        List<BradleyTerry.Rating> ratings = BradleyTerry.rate(tallies, SEED);
        List<List<VersionId>> neverMet = new ArrayList<>();
        for (int i = 0; i < ratings.size(); i++) {
            for (int j = i + 1; j < ratings.size(); j++) {
                VersionId one = ratings.get(i).version();
                VersionId other = ratings.get(j).version();
                if (tallies.stream()
                        .noneMatch(tally -> Set.of(tally.a(), tally.b()).equals(Set.of(one, other)))) {
                    neverMet.add(List.of(one, other));
                }
            }
        }
        return new Group(ratings, neverMet);
    }
}
