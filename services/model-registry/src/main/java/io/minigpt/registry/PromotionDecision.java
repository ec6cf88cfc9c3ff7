package io.minigpt.registry;

import io.minigpt.registry.PromotionPolicy.Champion;
import io.minigpt.registry.PromotionPolicy.Check;
import io.minigpt.registry.PromotionPolicy.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was decided on an alias, with the numbers.
 *
 * @param decider policy, person or rollback, and which policy
 * @param verdict what came of it
 * @param championVersion version that had the alias, if one had
 * @param checks what was looked at
 * @param reason the same in words
 */
public record PromotionDecision(
        String decider, Verdict verdict, Optional<Integer> championVersion, List<Check> checks, String reason) {

    /** What came of it. */
    public enum Verdict {
        /** The version has the alias now. */
        PROMOTED("promoted"),
        /** All checks are passed, and a person is to move the alias. */
        PROPOSED("proposed"),
        /** The alias stays where it was. */
        REFUSED("refused");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /** Name in the interface and in the database. */
        public String label() {
            return label;
        }
    }

    public PromotionDecision {
        checks = List.copyOf(checks);
    }

    /** Whether the version has the alias now. */
    public boolean promoted() {
        return verdict == Verdict.PROMOTED;
    }

    /** By a policy. @param checks what it looked at; a policy that looks at nothing leaves all figures for people */
    static PromotionDecision of(
            PromotionPolicy policy, List<Check> checks, Map<String, Double> figures, Optional<Champion> champion) {
        boolean passed = checks.stream().allMatch(Check::passed);
        Verdict verdict =
                !passed ? Verdict.REFUSED : policy.mode() == Mode.AUTOMATIC ? Verdict.PROMOTED : Verdict.PROPOSED;
        String found = checks.stream().map(Check::reason).collect(Collectors.joining("; "));
        String rule =
                switch (policy.label()) {
                    case "always" -> "the policy promotes every evaluated version";
                    case "by-hand" -> "the policy leaves promotion to people";
                    default -> "";
                };
        return new PromotionDecision(
                "policy " + policy.label(),
                verdict,
                champion.map(Champion::version),
                checks.isEmpty() ? common(figures, champion) : checks,
                found.isEmpty() || rule.isEmpty() ? found + rule : found + "; " + rule);
    }

    /** On a version that nobody registered. */
    public static PromotionDecision unknown(RegisteredVersion.VersionReference reference) {
        return new PromotionDecision(
                "policy none",
                Verdict.REFUSED,
                Optional.empty(),
                List.of(),
                "version " + reference + " is not registered");
    }

    /**
     * A person's, with all figures that the two versions have in common.
     *
     * @param decider person or rollback
     * @param figures of the version that gets the alias
     */
    public static PromotionDecision byHand(
            String decider, Map<String, Double> figures, Optional<Champion> champion, String reason) {
        return new PromotionDecision(
                decider, Verdict.PROMOTED, champion.map(Champion::version), common(figures, champion), reason);
    }

    private static List<Check> common(Map<String, Double> figures, Optional<Champion> champion) {
        List<Check> checks = new ArrayList<>();
        champion.ifPresent(present -> new TreeMap<>(figures).forEach((name, value) -> {
            Double before = present.figures().get(name);
            if (before != null) {
                boolean better = Metrics.direction(name) * (value - before) >= 0;
                checks.add(new Check(
                        name,
                        Optional.of(value),
                        Optional.of(before),
                        better,
                        better ? "not worse than before" : "worse than before"));
            }
        }));
        return checks;
    }
}
