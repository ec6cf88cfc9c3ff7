package io.minigpt.orchestrator.store;

import com.google.protobuf.Message;
import io.minigpt.orchestrator.Corpora;
import io.minigpt.orchestrator.Versions;
import io.minigpt.platform.database.Columns;
import io.minigpt.proto.dataset.v1.DatasetVersion;
import io.minigpt.proto.dataset.v1.EvaluationSetsListed;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.registry.v1.VersionDeleted;
import io.minigpt.proto.training.v1.ModelVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** What runs can use: corpora, dataset versions, model versions, as the others announced them. */
@ApplicationScoped
public class VersionStore {

    /** Notes the state of a corpus; an older one changes nothing. */
    public void imported(Handle transaction, String corpus, StreamRevision revision) {
        transaction
                .createUpdate("""
                        insert into corpus (name, revision) values (:name, :revision)
                        on conflict (name) do update set revision = greatest(corpus.revision, excluded.revision)
                        """)
                .bind("name", corpus)
                .bind("revision", revision.getRevision())
                .execute();
    }

    /** Notes which evaluation sets a corpus has, unless something newer is known. */
    public void listed(Handle transaction, EvaluationSetsListed sets) {
        transaction
                .createUpdate("""
                        insert into evaluation_sets (corpus, revision, names) values (:corpus, :revision, :names)
                        on conflict (corpus) do update set revision = excluded.revision, names = excluded.names
                        where excluded.revision > evaluation_sets.revision
                        """)
                .bind("corpus", sets.getCorpus())
                .bind("revision", sets.getPosition().getRevision())
                .bind("names", sets.getNamesList().toArray(String[]::new))
                .execute();
    }

    /** Notes a dataset version. */
    public void sealed(Handle transaction, DatasetVersion version) {
        transaction
                .createUpdate("insert into dataset_version (name, version, message) values (:name, :version, :message)"
                        + " on conflict do nothing")
                .bind("name", version.getName())
                .bind("version", version.getVersion())
                .bind("message", version.toByteArray())
                .execute();
    }

    /** Notes a model version. */
    public void registered(Handle transaction, ModelVersion version) {
        transaction
                .createUpdate("insert into model_version (model, version, message) values (:model, :version, :message)"
                        + " on conflict do nothing")
                .bind("model", version.getModel())
                .bind("version", version.getVersion())
                .bind("message", version.toByteArray())
                .execute();
    }

    /** Forgets a model version. */
    public void deleted(Handle transaction, VersionDeleted version) {
        transaction
                .createUpdate("delete from model_version where model = :model and version = :version")
                .bind("model", version.getModel())
                .bind("version", version.getVersion())
                .execute();
    }

    /** The corpora, read in this transaction. */
    public Corpora corpora(Handle transaction) {
        return new Imported(transaction);
    }

    /** The versions, read in this transaction. */
    public Versions versions(Handle transaction) {
        return new Known(transaction);
    }

    private record Imported(Handle transaction) implements Corpora {

        @Override
        public OptionalLong revision(String corpus) {
            return transaction
                    .createQuery("select revision from corpus where name = :name and revision > 0")
                    .bind("name", corpus)
                    .mapTo(Long.class)
                    .findOne()
                    .map(OptionalLong::of)
                    .orElseGet(OptionalLong::empty);
        }

        @Override
        public List<String> evaluationSets(String corpus) {
            return transaction
                    .createQuery("select unnest(names) from evaluation_sets where corpus = :corpus order by 1")
                    .bind("corpus", corpus)
                    .mapTo(String.class)
                    .list();
        }
    }

    private record Known(Handle transaction) implements Versions {

        @Override
        public Optional<DatasetVersion> dataset(String name, int version) {
            return message("dataset_version where name = :name", name, version, DatasetVersion.getDefaultInstance());
        }

        @Override
        public Optional<ModelVersion> model(String model, int version) {
            return message("model_version where model = :name", model, version, ModelVersion.getDefaultInstance());
        }

        private <M extends Message> Optional<M> message(String rows, String name, int version, M prototype) {
            return transaction
                    .createQuery("select message from " + rows + " and version = :version")
                    .bind("name", name)
                    .bind("version", version)
                    .mapTo(byte[].class)
                    .findOne()
                    .map(bytes -> Columns.message(bytes, prototype));
        }
    }
}
