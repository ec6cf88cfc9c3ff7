package io.minigpt.registry;

import io.minigpt.platform.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether an evaluated version gets the alias that its evaluation asked for. Policies are data: each alias may have its
 * own, and every decision is kept with the figures that it rests on.
 *
 * @param mode who has the last word
 * @param comparison with the version that has the alias; empty if none is made
 * @param vetoes figures that must be within bounds, whatever the comparison says
 */
public record PromotionPolicy(Mode mode, Optional<Comparison> comparison, List<Veto> vetoes) {

    /** Who has the last word. */
    public enum Mode {
        /** The alias moves when all checks are passed. */
        AUTOMATIC("automatic"),
        /** The checks are made and recorded; a person moves the alias. */
        BY_HAND("by-hand");

        private final String label;

        Mode(String label) {
            this.label = label;
        }

        /** Name in the interface. */
        public String label() {
            return label;
        }

        /** @throws InvalidRequestException if there is no mode of that name */
        public static Mode labelled(String label) {
            for (Mode mode : values()) {
                if (mode.label.equals(label)) {
                    return mode;
                }
            }
            throw new InvalidRequestException("mode '" + label + "' must be automatic or by-hand");
        }
    }

    /**
     * A comparison with the champion.
     *
     * @param figure which figure, such as rougeL.unseen
     * @param margin by how much it must be better, in its own unit; below 0, how much worse it may be
     */
    public record Comparison(String figure, double margin) {}

    /**
     * Bounds of a figure; one that was not measured is out of bounds.
     *
     * @param figure which figure, such as repetition.unseen
     * @param least smallest allowed, if there is such a bound
     * @param most largest allowed, if there is such a bound
     */
    public record Veto(String figure, OptionalDouble least, OptionalDouble most) {

        public Veto {
            if (least.isEmpty() && most.isEmpty()) {
                throw new InvalidRequestException("the veto on " + figure + " needs least or most");
            }
        }
    }

    /**
     * The version that has the alias now.
     *
     * @param version its number
     * @param figures its newest figures by name
     */
    public record Champion(int version, Map<String, Double> figures) {}

    /**
     * One thing that was looked at.
     *
     * @param figure which figure
     * @param value of the evaluated version, if it has it
     * @param champion of the version that has the alias, if that was compared
     * @param passed whether it speaks for the version
     * @param reason the same in words
     */
    public record Check(
            String figure, Optional<Double> value, Optional<Double> champion, boolean passed, String reason) {}

    public PromotionPolicy {
        vetoes = List.copyOf(vetoes);
    }

    /** A short name of what it does: always, compare, or by-hand. */
    public String label() {
        if (mode == Mode.BY_HAND) {
            return mode.label();
        }
        return comparison.isEmpty() && vetoes.isEmpty() ? "always" : "compare";
    }

    /**
     * Decides on a version.
     *
     * @param figures of the evaluation, by name
     * @param champion the version that has the alias, if one has
     */
    public PromotionDecision decide(Map<String, Double> figures, Optional<Champion> champion) {
        List<Check> checks = new ArrayList<>();
        comparison.ifPresent(with -> checks.add(compare(with, figures, champion)));
        vetoes.forEach(veto -> checks.add(check(veto, figures)));
        return PromotionDecision.of(this, checks, figures, champion);
    }

    private static Check compare(Comparison with, Map<String, Double> figures, Optional<Champion> champion) {
        Optional<Double> value = Optional.ofNullable(figures.get(with.figure()));
        Optional<Double> best = champion.flatMap(
                present -> Optional.ofNullable(present.figures().get(with.figure())));
        if (value.isEmpty()) {
            return new Check(with.figure(), value, best, false, "the evaluation has no " + with.figure());
        }
        if (best.isEmpty()) {
            String rival = champion.map(present -> "version " + present.version() + " has none")
                    .orElse("no version has the alias yet");
            return new Check(
                    with.figure(), value, best, true, said("%s is %.4f; %s", with.figure(), value.get(), rival));
        }
        double lead = Metrics.direction(with.figure()) * (value.get() - best.get());
        boolean passed = lead >= with.margin();
        return new Check(
                with.figure(),
                value,
                best,
                passed,
                said(
                        "%s is %.4f against %.4f of version %d, a lead of %.4f where %.4f is asked for",
                        with.figure(),
                        value.get(),
                        best.get(),
                        champion.orElseThrow().version(),
                        lead,
                        with.margin()));
    }

    private static Check check(Veto veto, Map<String, Double> figures) {
        Optional<Double> value = Optional.ofNullable(figures.get(veto.figure()));
        if (value.isEmpty()) {
            return new Check(veto.figure(), value, Optional.empty(), false, "the evaluation has no " + veto.figure());
        }
        boolean passed = value.get() >= veto.least().orElse(Double.NEGATIVE_INFINITY)
                && value.get() <= veto.most().orElse(Double.POSITIVE_INFINITY);
        List<String> bounds = new ArrayList<>();
        veto.least().ifPresent(least -> bounds.add(said("at least %s", least)));
        veto.most().ifPresent(most -> bounds.add(said("at most %s", most)));
        return new Check(
                veto.figure(),
                value,
                Optional.empty(),
                passed,
                said("%s is %.4f, allowed is %s", veto.figure(), value.get(), String.join(" and ", bounds)));
    }

    private static String said(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    /** The policy of aliases that have none of their own. @param pretrained whether the version is a pretrained one */
    public static PromotionPolicy of(RegistryConfig.Promotion config, boolean pretrained) {
        String figure = pretrained ? config.pretrainMetric() : config.sftMetric();
        return switch (config.policy()) {
            case ALWAYS -> new PromotionPolicy(Mode.AUTOMATIC, Optional.empty(), List.of());
            case NEVER -> new PromotionPolicy(Mode.BY_HAND, Optional.empty(), List.of());
            case NOT_WORSE ->
                new PromotionPolicy(
                        Mode.AUTOMATIC, Optional.of(new Comparison(figure, 0 - config.tolerance())), List.of());
        };
    }
}
