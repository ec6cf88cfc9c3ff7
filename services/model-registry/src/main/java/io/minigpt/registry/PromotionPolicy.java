package io.minigpt.registry;

import java.util.Map;
import java.util.Optional;

/** Whether an evaluated version gets the alias that its evaluation asked for. */
public sealed interface PromotionPolicy {

    /**
     * The version that has the alias now.
     *
     * @param version its number
     * @param figures its newest figures by name
     */
    record Champion(int version, Map<String, Double> figures) {}

    /**
     * A decision with its figures.
     *
     * @param policy name of the policy
     * @param metric figure that decided, if one did
     * @param value figure of the evaluated version, if it has it
     * @param championVersion version that had the alias, if one had
     * @param championValue its figure, if it has it
     * @param promoted whether the evaluated version gets the alias
     * @param reason the same in words, for people
     */
    record Decision(
            String policy,
            Optional<String> metric,
            Optional<Double> value,
            Optional<Integer> championVersion,
            Optional<Double> championValue,
            boolean promoted,
            String reason) {}

    /** The newest evaluated version always gets it. */
    record Always() implements PromotionPolicy {
        @Override
        public Decision decide(Map<String, Double> figures, Optional<Champion> champion) {
            return plain("always", champion, true, "the policy promotes every evaluated version");
        }
    }

    /** Aliases move by hand only. */
    record Never() implements PromotionPolicy {
        @Override
        public Decision decide(Map<String, Double> figures, Optional<Champion> champion) {
            return plain("never", champion, false, "the policy leaves promotion to people");
        }
    }

    /**
     * It gets it unless its figure is worse than the champion's by more than the tolerance.
     *
     * @param metric figure that decides
     * @param tolerance in the figure's own unit
     */
    record NotWorse(String metric, double tolerance) implements PromotionPolicy {

        @Override
        public Decision decide(Map<String, Double> figures, Optional<Champion> champion) {
            Optional<Double> value = Optional.ofNullable(figures.get(metric));
            Optional<Double> best = champion.map(Champion::figures).map(known -> known.get(metric));
            if (value.isEmpty()) {
                return decision(value, champion, best, false, "the evaluation has no " + metric);
            }
            if (best.isEmpty()) {
                String rival = champion.map(present -> "version " + present.version() + " has none")
                        .orElse("no version has the alias yet");
                return decision(value, champion, best, true, "%s is %.4f; %s".formatted(metric, value.get(), rival));
            }
            double lead = Metrics.direction(metric) * (value.get() - best.get());
            boolean promoted = lead >= -tolerance;
            String reason = "%s is %.4f against %.4f of version %d, %s than the tolerance of %s allows"
                    .formatted(
                            metric,
                            value.get(),
                            best.get(),
                            champion.get().version(),
                            promoted ? "not worse" : "worse",
                            tolerance);
            return decision(value, champion, best, promoted, reason);
        }

        private Decision decision(
                Optional<Double> value,
                Optional<Champion> champion,
                Optional<Double> best,
                boolean promoted,
                String reason) {
            return new Decision(
                    "not-worse", Optional.of(metric), value, champion.map(Champion::version), best, promoted, reason);
        }
    }

    /**
     * Decides on a version.
     *
     * @param figures of the evaluation, by name
     * @param champion the version that has the alias, if one has
     */
    Decision decide(Map<String, Double> figures, Optional<Champion> champion);

    private static Decision plain(String policy, Optional<Champion> champion, boolean promoted, String reason) {
        return new Decision(
                policy,
                Optional.empty(),
                Optional.empty(),
                champion.map(Champion::version),
                Optional.empty(),
                promoted,
                reason);
    }

    /** The policy that the configuration names. @param pretrained whether the version is a pretrained one */
    static PromotionPolicy of(RegistryConfig.Promotion config, boolean pretrained) {
        return switch (config.policy()) {
            case ALWAYS -> new Always();
            case NEVER -> new Never();
            case NOT_WORSE ->
                new NotWorse(pretrained ? config.pretrainMetric() : config.sftMetric(), config.tolerance());
        };
    }
}
