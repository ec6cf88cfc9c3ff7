package io.minigpt.worker;

import io.minigpt.evaluation.AnswerMetrics;
import io.minigpt.evaluation.NearestRecords;
import io.minigpt.evaluation.ScoredAnswer;
import io.minigpt.gpt.Score;
import io.minigpt.proto.training.v1.Metric;
import io.minigpt.worker.LanguageModel.Answer;
import io.minigpt.worker.LanguageModel.Speed;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Asks a model everything that a plan has, at each temperature, and scores what it says. Items of different labels have
 * figures of their own.
 *
 * <p>Besides the answers it judges the references themselves, at temperature 1: {@code bits_per_byte} is -log2 p of all
 * targets over the bytes that they stand for, {@code perplexity} is e to their -ln p a token. A question's target
 * includes its end token. The set {@code validation} is the dataset's validation text. A few items are asked once more,
 * one at a time, for their time: the set {@code latency}.
 */
public final class EvaluationRun {

    private final EvaluationPlan plan;
    private final List<EvaluationItem> items;
    private final LanguageModel model;
    private final RecordSearch records;
    private final EvaluationJournal journal;
    private final LongConsumer progress;
    private final Map<EvaluationItem, Score> references = new IdentityHashMap<>();
    private final long total;
    private long done;

    public EvaluationRun(
            EvaluationPlan plan,
            List<EvaluationItem> items,
            LanguageModel model,
            RecordSearch records,
            EvaluationJournal journal,
            LongConsumer progress) {
        this.plan = plan;
        this.items = items;
        this.model = model;
        this.records = records;
        this.journal = journal;
        this.progress = progress;
        this.total = (long) items.size() * plan.settings().temperatures().size();
    }

    /** Runs to the end. @param answers file to write the answers to */
    public void run(Path answers) throws IOException {
        journal.started(total);
        List<Metric> metrics = new ArrayList<>();
        try (BufferedWriter lines = Files.newBufferedWriter(answers, StandardCharsets.UTF_8)) {
            for (List<EvaluationItem> set : groups(items, EvaluationItem::set).values()) {
                metrics.addAll(references(set));
                for (double temperature : plan.settings().temperatures()) {
                    metrics.addAll(answers(set, temperature, lines));
                }
            }
        }
        model.scoreValidation(journal::checkStop)
                .ifPresent(score ->
                        metrics.addAll(new SliceFigures(SliceFigures.VALIDATION, "").likelihood(List.of(score))));
        metrics.addAll(times());
        journal.finished(metrics, answers);
    }

    private List<Metric> references(List<EvaluationItem> set) {
        List<EvaluationItem> known =
                set.stream().filter(EvaluationItem::hasReference).toList();
        for (List<EvaluationItem> batch : batches(known)) {
            List<Score> scores = model.score(batch, journal::checkStop);
            for (int i = 0; i < batch.size(); i++) {
                references.put(batch.get(i), scores.get(i));
            }
        }
        List<Metric> metrics = new ArrayList<>();
        groups(known, EvaluationItem::label)
                .forEach((label, slice) -> metrics.addAll(slice(slice)
                        .likelihood(slice.stream().map(references::get).toList())));
        return metrics;
    }

    private List<Metric> answers(List<EvaluationItem> set, double temperature, BufferedWriter lines)
            throws IOException {
        List<ScoredAnswer> scored = new ArrayList<>();
        for (List<EvaluationItem> batch : batches(set)) {
            List<Answer> answers = model.answer(batch, temperature, journal::checkStop);
            for (int i = 0; i < batch.size(); i++) {
                ScoredAnswer answer = scored(batch.get(i), temperature, answers.get(i));
                scored.add(answer);
                journal.checkStop();
                lines.write(answer.withNearest(records.nearest(answer.question(), answer.answer()))
                        .toLine());
                lines.write('\n');
            }
            done += batch.size();
            progress.accept(done);
            journal.progressed(done, total);
        }
        List<Metric> metrics = new ArrayList<>();
        groups(scored, ScoredAnswer::label)
                .forEach((label, slice) ->
                        metrics.addAll(new SliceFigures(slice.getFirst().set(), label).answers(slice, temperature)));
        return metrics;
    }

    private ScoredAnswer scored(EvaluationItem item, double temperature, Answer answer) {
        Map<String, Double> scores =
                new LinkedHashMap<>(AnswerMetrics.score(answer.text(), answer.generated(), item.reference()));
        if (item.hasReference()) {
            scores.put("bits_per_byte", references.get(item).bitsPerByte());
            scores.put("perplexity", references.get(item).perplexity());
        }
        return new ScoredAnswer(
                item.id(),
                item.set(),
                item.label(),
                temperature,
                item.question(),
                answer.text(),
                answer.generated(),
                item.reference(),
                answer.tokens(),
                answer.ended(),
                scores,
                NearestRecords.none());
    }

    private List<Metric> times() {
        double temperature = plan.settings().temperatures().getFirst();
        List<Speed> speeds = items.stream()
                .limit(plan.settings().latencyItems())
                .map(item -> model.time(item, temperature, journal::checkStop))
                .toList();
        return new SliceFigures(SliceFigures.LATENCY, "").times(speeds, temperature);
    }

    private static SliceFigures slice(List<EvaluationItem> slice) {
        return new SliceFigures(slice.getFirst().set(), slice.getFirst().label());
    }

    private static <T> Map<String, List<T>> groups(List<T> things, Function<T, String> key) {
        return things.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    private List<List<EvaluationItem>> batches(List<EvaluationItem> set) {
        List<List<EvaluationItem>> batches = new ArrayList<>();
        for (int from = 0; from < set.size(); from += plan.settings().batchSize()) {
            batches.add(set.subList(
                    from, Math.min(set.size(), from + plan.settings().batchSize())));
        }
        return batches;
    }
}
