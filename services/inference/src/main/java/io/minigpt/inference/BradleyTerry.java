package io.minigpt.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Ratings from battles: Bradley and Terry's model (1952), fitted by Hunter's minorization (2004), in Elo's unit: 400 more
 * mean ten times the odds. A battle without a winner is half a win of each. Every version has one such battle more,
 * against a version of the average strength 1000, so that one that always won has a finite rating. Intervals are the 2.5th
 * and 97.5th percentile of ratings from resampled battles.
 */
public final class BradleyTerry {

    /**
     * A version's rating among those that it can be compared with.
     *
     * @param version the version
     * @param rating in Elo's unit, 1000 on average
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param battles in which it stood
     */
    public record Rating(VersionId version, double rating, double low, double high, int battles) {}

    private static final int RESAMPLES = 200;
    private static final int ITERATIONS = 200;
    private static final double AVERAGE = 1000;
    private static final double UNIT = 400;
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    private final List<VersionId> versions;
    private final Map<VersionId, Integer> index = new HashMap<>();
    private final List<Tally> tallies;

    private BradleyTerry(List<Tally> tallies) {
        this.tallies = tallies;
        TreeSet<String> seen = new TreeSet<>();
        this.versions = new ArrayList<>();
        for (Tally tally : tallies) {
            for (VersionId version : List.of(tally.a(), tally.b())) {
                if (seen.add(version.toString())) {
                    index.put(version, versions.size());
                    versions.add(version);
                }
            }
        }
    }

    /**
     * Rates versions, the best first. All must be connected by battles; others cannot be compared.
     *
     * @param seed of the resampling
     */
    public static List<Rating> rate(List<Tally> tallies, long seed) {
        return new BradleyTerry(tallies).rate(seed);
    }

    private List<Rating> rate(long seed) {
        double[] ratings = fit(weights());
        double[][] resampled = new double[versions.size()][RESAMPLES];
        SplittableRandom random = new SplittableRandom(seed);
        int[] outcomes = outcomes();
        for (int sample = 0; sample < RESAMPLES; sample++) {
            double[] fitted = fit(resample(outcomes, random));
            for (int version = 0; version < fitted.length; version++) {
                resampled[version][sample] = fitted[version];
            }
        }
        List<Rating> result = new ArrayList<>();
        for (int version = 0; version < ratings.length; version++) {
            Arrays.sort(resampled[version]);
            result.add(new Rating(
                    versions.get(version),
                    ratings[version],
                    resampled[version][(int) (LOW * RESAMPLES)],
                    resampled[version][(int) (HIGH * RESAMPLES)],
                    battles(versions.get(version))));
        }
        result.sort((one, other) -> Double.compare(other.rating(), one.rating()));
        return result;
    }

    private int battles(VersionId version) {
        return tallies.stream()
                .filter(tally -> tally.a().equals(version) || tally.b().equals(version))
                .mapToInt(Tally::battles)
                .sum();
    }

    /** wins[i][j]: how often i won against j, ties as halves. */
    private double[][] weights() {
        double[][] wins = new double[versions.size()][versions.size()];
        for (Tally tally : tallies) {
            add(wins, tally, tally.winsA(), tally.winsB(), tally.ties() + tally.bothBad());
        }
        return wins;
    }

    /** The index of the tally and the outcome (0 a wins, 1 b wins, 2 nobody) of every battle. */
    private int[] outcomes() {
        int[] outcomes = new int[tallies.stream().mapToInt(Tally::battles).sum()];
        int at = 0;
        for (int i = 0; i < tallies.size(); i++) {
            Tally tally = tallies.get(i);
            int[] counts = {tally.winsA(), tally.winsB(), tally.ties() + tally.bothBad()};
            for (int outcome = 0; outcome < counts.length; outcome++) {
                Arrays.fill(outcomes, at, at + counts[outcome], i * counts.length + outcome);
                at += counts[outcome];
            }
        }
        return outcomes;
    }

    private double[][] resample(int[] outcomes, SplittableRandom random) {
        int[] counts = new int[3 * tallies.size()];
        for (int i = 0; i < outcomes.length; i++) {
            counts[outcomes[random.nextInt(outcomes.length)]]++;
        }
        double[][] wins = new double[versions.size()][versions.size()];
        for (int i = 0; i < tallies.size(); i++) {
            add(wins, tallies.get(i), counts[3 * i], counts[3 * i + 1], counts[3 * i + 2]);
        }
        return wins;
    }

    private void add(double[][] wins, Tally tally, int winsA, int winsB, int nobody) {
        int a = index.get(tally.a());
        int b = index.get(tally.b());
        wins[a][b] += winsA + nobody / 2.0;
        wins[b][a] += winsB + nobody / 2.0;
    }

    private static double[] fit(double[][] wins) {
        int count = wins.length;
        double[] strength = new double[count];
        Arrays.fill(strength, 1);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] next = new double[count];
            for (int i = 0; i < count; i++) {
                // the battle against a version of strength 1
                double won = 0.5;
                double expected = 1 / (strength[i] + 1);
                for (int j = 0; j < count; j++) {
                    won += wins[i][j];
                    expected += (wins[i][j] + wins[j][i]) / (strength[i] + strength[j]);
                }
                next[i] = won / expected;
            }
            strength = next;
        }
        return Arrays.stream(strength)
                .map(each -> AVERAGE + UNIT * Math.log10(each))
                .toArray();
    }
}
