package io.minigpt.worker;

import io.minigpt.evaluation.RougeL;
import io.minigpt.worker.LanguageModel.Answer;
import java.util.List;

/** How well a checkpoint answers: the mean ROUGE-L of its greedy answers to the items of the selection sets. */
public final class SelectionScore {

    private static final double GREEDY = 0;
    private static final RougeL ROUGE_L = new RougeL();

    private final List<EvaluationItem> items;
    private final int batchSize;

    /**
     * @param items at least one
     * @param batchSize items answered at a time
     */
    public SelectionScore(List<EvaluationItem> items, int batchSize) {
        this.items = List.copyOf(items);
        this.batchSize = batchSize;
    }

    /** Asks a model. @param checkStop called every now and then; what it throws ends the call */
    public double of(LanguageModel model, Runnable checkStop) {
        double sum = 0;
        for (int from = 0; from < items.size(); from += batchSize) {
            List<EvaluationItem> batch = items.subList(from, Math.min(items.size(), from + batchSize));
            List<Answer> answers = model.answer(batch, GREEDY, checkStop);
            for (int i = 0; i < batch.size(); i++) {
                sum += ROUGE_L.score(
                        answers.get(i).text(), batch.get(i).reference().orElse(""));
            }
        }
        return sum / items.size();
    }
}
