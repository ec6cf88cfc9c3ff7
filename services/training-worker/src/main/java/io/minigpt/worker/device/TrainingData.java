package io.minigpt.worker.device;

import io.minigpt.gpt.configuration.ModelConfiguration;
import io.minigpt.gpt.configuration.TrainingConfiguration;
import io.minigpt.gpt.data.Batches;
import io.minigpt.gpt.data.FixedWindows;
import io.minigpt.gpt.data.PackedRecords;
import io.minigpt.gpt.data.RandomWindows;
import io.minigpt.gpt.data.RecordTable;
import io.minigpt.gpt.data.TokenFile;
import io.minigpt.platform.jobs.PermanentFailureException;
import io.minigpt.worker.TrainingPlan;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The two splits of a dataset version, cut into batches as a plan and a model need them. */
final class TrainingData implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TrainingData.class);

    private final TokenFile trainingTokens;
    private final TokenFile validationTokens;
    private final Batches training;
    private final Optional<Batches> validation;
    private final int validationBatches;

    TrainingData(DatasetFiles files, TrainingPlan plan, ModelConfiguration model) throws IOException {
        trainingTokens = files.tokens("train");
        validationTokens = files.tokens("val");
        TrainingConfiguration configuration = plan.training();
        int rows = configuration.batchSize();
        int columns = model.blockSize();
        int limit = configuration.evaluationBatches();
        if (plan.fineTuning()) {
            RecordTable records = files.records("train")
                    .orElseThrow(() -> new PermanentFailureException("the training split has no record"));
            PackedRecords packed = packed(trainingTokens, records, configuration, columns);
            if (packed.cutRecords() > 0) {
                LOG.warnf(
                        "%d of %d records are longer than block_size %d: they are cut and learned without their end",
                        packed.cutRecords(), records.size(), columns);
            }
            training = packed;
            Optional<PackedRecords> held =
                    files.records("val").map(table -> packed(validationTokens, table, configuration, columns));
            validation = held.map(batches -> batches);
            validationBatches = held.map(batches -> Math.min(limit, batches.batchesPerEpoch()))
                    .orElse(0);
        } else {
            training = new RandomWindows(trainingTokens, rows, columns, configuration.seed());
            Optional<FixedWindows> held = validationTokens.size() > columns
                    ? Optional.of(new FixedWindows(validationTokens, rows, columns, limit))
                    : Optional.empty();
            validation = held.map(batches -> batches);
            validationBatches = held.map(FixedWindows::size).orElse(0);
        }
    }

    Batches training() {
        return training;
    }

    /** The validation windows, the same ones every time; empty if the split does not fill one. */
    Optional<Batches> validation() {
        return validation;
    }

    int validationBatches() {
        return validationBatches;
    }

    private static PackedRecords packed(
            TokenFile tokens, RecordTable records, TrainingConfiguration configuration, int columns) {
        return new PackedRecords(
                tokens,
                records,
                configuration.batchSize(),
                columns,
                configuration.seed(),
                configuration.loss(),
                configuration.crossRecordAttention());
    }

    @Override
    public void close() {
        trainingTokens.close();
        validationTokens.close();
    }
}
