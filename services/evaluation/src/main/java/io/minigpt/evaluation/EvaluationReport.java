package io.minigpt.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found, from its file of answers.
 *
 * @param slices one for each set, label and temperature, in the order of the file
 */
public record EvaluationReport(List<ReportSlice> slices) {

    /** Answers that a report is made from at most; more do not fit the memory of a service. */
    public static final int MOST_ANSWERS = 20_000;

    private record Slice(String set, String label, double temperature) {}

    public EvaluationReport {
        slices = List.copyOf(slices);
    }

    /**
     * Makes the report.
     *
     * @param lines the file, one {@link ScoredAnswer} a line
     * @param time time to first token in milliseconds and tokens a second, by name, if they were measured
     * @throws IOException naming the line that cannot be read, or if there are more than {@link #MOST_ANSWERS}
     */
    public static EvaluationReport read(BufferedReader lines, Map<String, Double> time) throws IOException {
        Map<Slice, List<ScoredAnswer>> slices = new LinkedHashMap<>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (++number > MOST_ANSWERS) {
                throw new IOException("a report takes " + MOST_ANSWERS + " answers at most, and there are more");
            }
            ScoredAnswer answer = parse(line, number);
            slices.computeIfAbsent(
                            new Slice(answer.set(), answer.label(), answer.temperature()), slice -> new ArrayList<>())
                    .add(answer);
        }
        return new EvaluationReport(slices.values().stream()
                .map(answers -> ReportSlice.of(answers, time))
                .toList());
    }

    private static ScoredAnswer parse(String line, int number) throws IOException {
        try {
            return ScoredAnswer.parse(line);
        } catch (JsonProcessingException e) {
            throw new IOException("line " + number + " of the answers is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
