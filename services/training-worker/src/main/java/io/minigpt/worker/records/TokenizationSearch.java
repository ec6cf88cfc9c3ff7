package io.minigpt.worker.records;

import com.fasterxml.jackson.databind.JsonNode;
import io.minigpt.evaluation.NearRecord;
import io.minigpt.evaluation.NearestRecords;
import io.minigpt.platform.records.RecordsClient;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.worker.RecordSearch;
import io.minigpt.worker.WorkerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks tokenization, for one evaluation, until it does not answer or the time for it is spent: an evaluation waits for
 * records once, and not long.
 */
final class TokenizationSearch implements RecordSearch {

    private static final Logger LOG = Logger.getLogger(TokenizationSearch.class);

    /** Enough to know a text by. */
    private static final int SHOWN = 100;

    private final RecordsClient client;
    private final DatasetVersion dataset;
    private final int most;
    private final Duration budget;
    private Duration spent = Duration.ZERO;
    private Optional<NearestRecords> ended = Optional.empty();

    TokenizationSearch(RecordsClient client, DatasetVersion dataset, WorkerConfig.Records config) {
        this.client = client;
        this.dataset = dataset;
        this.most = config.most();
        this.budget = config.budget();
    }

    @Override
    public NearestRecords nearest(String question, String answer) {
        if (ended.isPresent()) {
            return ended.get();
        }
        if (spent.compareTo(budget) >= 0) {
            return end("the search took longer than " + budget + " in all");
        }
        long start = System.nanoTime();
        try {
            return NearestRecords.of(
                    client.nearest(dataset.getName(), dataset.getVersion(), question, answer, most).stream()
                            .map(TokenizationSearch::record)
                            .toList());
        } catch (IOException e) {
            return end(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return end("the search was interrupted");
        } finally {
            spent = spent.plusNanos(System.nanoTime() - start);
        }
    }

    private NearestRecords end(String reason) {
        LOG.warnf("answers are kept without the records nearest to them from here on: %s", reason);
        ended = Optional.of(NearestRecords.missing(reason));
        return ended.get();
    }

    private static NearRecord record(JsonNode found) {
        return new NearRecord(
                found.at("/record/id").asText(),
                found.path("similarity").asDouble(),
                found.path("label").asText(),
                beginning(found.at("/record/question").asText()),
                beginning(found.at("/record/answer").asText()));
    }

    private static String beginning(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    }
}
