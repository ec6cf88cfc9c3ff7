package io.minigpt.worker;

import io.minigpt.evaluation.AnswerMetrics;
import io.minigpt.evaluation.Bootstrap;
import io.minigpt.evaluation.Distinct;
import io.minigpt.evaluation.Interval;
import io.minigpt.evaluation.ScoredAnswer;
import io.minigpt.gpt.Score;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.worker.LanguageModel.Speed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The figures of the items of one set that have one label.
 *
 * @param set evaluation set
 * @param label what the model knows of the items; empty where that has no meaning
 */
record SliceFigures(String set, String label) {

    /** The set of the dataset's validation text. */
    static final String VALIDATION = "validation";

    /** The set of what was asked for its time only. */
    static final String LATENCY = "latency";

    private static final double LIKELIHOOD_TEMPERATURE = 1;
    private static final double NANOS_IN_MILLI = 1e6;
    private static final double NANOS_IN_SECOND = 1e9;

    /** Of the references themselves, at temperature 1; none without references. */
    List<Metric> likelihood(List<Score> references) {
        if (references.isEmpty()) {
            return List.of();
        }
        double[] losses = values(references, reference -> -reference.logProbability());
        double[] tokens = values(references, Score::tokens);
        double[] bytes = values(references, Score::bytes);
        Score all = references.stream()
                .reduce(
                        new Score(0, 0, 0),
                        (a, b) -> new Score(
                                a.logProbability() + b.logProbability(),
                                a.tokens() + b.tokens(),
                                a.bytes() + b.bytes()));
        Interval loss = Bootstrap.ofRatio(losses, tokens);
        Interval nats = Bootstrap.ofRatio(losses, bytes);
        Metric bitsPerByte = metric("bits_per_byte", LIKELIHOOD_TEMPERATURE, all.bitsPerByte(), references.size());
        Metric perplexity = metric("perplexity", LIKELIHOOD_TEMPERATURE, all.perplexity(), references.size());
        return List.of(
                within(bitsPerByte, nats.low() / Math.log(2), nats.high() / Math.log(2)),
                within(perplexity, Math.exp(loss.low()), Math.exp(loss.high())));
    }

    /** Of answers at one temperature: the mean of each score with its interval, and the variety of all. */
    List<Metric> answers(List<ScoredAnswer> answers, double temperature) {
        List<Metric> figures = new ArrayList<>();
        Stream<String> names = Stream.concat(
                AnswerMetrics.OF_REFERENCE.stream().map(metric -> metric.name()),
                AnswerMetrics.OF_TEXT.stream().map(metric -> metric.name()));
        names.forEach(name -> {
            double[] scores = answers.stream()
                    .filter(answer -> answer.scores().containsKey(name))
                    .mapToDouble(answer -> answer.scores().get(name))
                    .toArray();
            if (scores.length > 0) {
                figures.add(mean(name, temperature, scores));
            }
        });
        List<String> generated = answers.stream().map(ScoredAnswer::generated).toList();
        for (Distinct distinct : AnswerMetrics.OF_SET) {
            figures.add(metric(distinct.name(), temperature, distinct.score(generated), answers.size()));
        }
        return figures;
    }

    /** Of items that were asked alone; none if none was. */
    List<Metric> times(List<Speed> speeds, double temperature) {
        if (speeds.isEmpty()) {
            return List.of();
        }
        double[] firstTokens = values(speeds, speed -> speed.firstToken().toNanos() / NANOS_IN_MILLI);
        double tokens = speeds.stream().mapToInt(Speed::tokens).sum();
        double nanos =
                speeds.stream().map(Speed::whole).mapToLong(Duration::toNanos).sum();
        return List.of(
                mean("time_to_first_token_ms", temperature, firstTokens),
                metric("tokens_per_second", temperature, tokens * NANOS_IN_SECOND / nanos, speeds.size()));
    }

    private Metric mean(String name, double temperature, double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        Interval interval = Bootstrap.ofMean(values);
        return within(metric(name, temperature, sum / values.length, values.length), interval.low(), interval.high());
    }

    private Metric metric(String name, double temperature, double value, int items) {
        return Metric.newBuilder()
                .setSet(set)
                .setLabel(label)
                .setName(name)
                .setTemperature(temperature)
                .setValue(value)
                .setItems(items)
                .build();
    }

    private static Metric within(Metric metric, double low, double high) {
        return metric.toBuilder().setLow(low).setHigh(high).build();
    }

    private static <T> double[] values(List<T> items, ToDoubleFunction<T> value) {
        return items.stream().mapToDouble(value).toArray();
    }
}
