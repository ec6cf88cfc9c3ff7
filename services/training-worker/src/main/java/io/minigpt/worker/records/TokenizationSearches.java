package io.minigpt.worker.records;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minigpt.platform.records.RecordsClient;
import io.minigpt.proto.dataset.v1.DatasetKind;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.worker.RecordSearch;
import io.minigpt.worker.RecordSearches;
import io.minigpt.worker.WorkerConfig;
import jakarta.enterprise.context.ApplicationScoped;

/** Searches in tokenization. */
@ApplicationScoped
class TokenizationSearches implements RecordSearches {

    private final WorkerConfig.Records config;
    private final RecordsClient client;

    TokenizationSearches(WorkerConfig config, ObjectMapper json) {
        this.config = config.records();
        this.client = new RecordsClient(json, this.config.address(), this.config.patience());
    }

    @Override
    public RecordSearch in(DatasetVersion dataset) {
        return dataset.getKind() == DatasetKind.DATASET_KIND_SFT && config.most() > 0
                ? new TokenizationSearch(client, dataset, config)
                : RecordSearch.NONE;
    }
}
