package io.minigpt.orchestrator.store;

import io.minigpt.orchestrator.PipelineHistory;
import io.minigpt.orchestrator.PipelineSpec;
import io.minigpt.orchestrator.Versions;
import io.minigpt.platform.database.Columns;
import io.minigpt.proto.training.v1.ModelVersion;
import io.minigpt.proto.training.v1.TrainingRequested;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What earlier runs did, for those that build on them. */
@ApplicationScoped
class HistoryStore {

    private final VersionStore versions;

    HistoryStore(VersionStore versions) {
        this.versions = versions;
    }

    /** What is known, read in this transaction. */
    PipelineHistory at(Handle transaction) {
        return new Known(transaction, versions.versions(transaction));
    }

    private record Known(Handle transaction, Versions versions) implements PipelineHistory {

        @Override
        public Optional<PipelineSpec> succeeded(String name) {
            return transaction
                    .createQuery("""
                            select spec from pipeline_run
                            where name = :name and state = 'succeeded'
                              and coalesce(spec #>> '{regeneration,dryRun}', 'false') = 'false'
                            order by created_at desc, id desc limit 1
                            """)
                    .bind("name", name)
                    .map((row, context) -> Rows.value(row.getString("spec"), PipelineSpec.class))
                    .findOne();
        }

        @Override
        public Optional<ModelVersion> base(String model, String alias) {
            // the version that has the alias first, then the newest
            return transaction
                    .createQuery("""
                            select t.requested from training_run t
                            left join lateral (
                                select version from alias_named n where n.model = :model and n.alias = :alias
                                order by revision desc limit 1) champion on champion.version = t.version
                            where t.version > 0
                            order by champion.version is null, t.version desc, t.created_at desc
                            """)
                    .bind("model", model)
                    .bind("alias", alias)
                    .map((row, context) ->
                            Columns.message(row.getBytes("requested"), TrainingRequested.getDefaultInstance()))
                    .list()
                    .stream()
                    .filter(training -> training.getModel().equals(model) && training.hasBase())
                    .map(TrainingRequested::getBase)
                    .findFirst()
                    .flatMap(base -> versions.model(base.getModel(), base.getVersion()));
        }
    }
}
