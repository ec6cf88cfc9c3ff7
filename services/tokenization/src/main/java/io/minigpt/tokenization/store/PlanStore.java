package io.minigpt.tokenization.store;

import io.minigpt.platform.database.Database;
import io.minigpt.proto.dataset.v1.RegenerationPlan;
import io.minigpt.proto.dataset.v1.TeacherEstimate;
import io.minigpt.proto.dataset.v1.TouchedModel;
import io.minigpt.proto.event.v1.StreamRevision;
import io.minigpt.proto.generation.v1.GenerationConfigured;
import io.minigpt.tokenization.DocumentChoice;
import io.minigpt.tokenization.RegenerationPlanner;
import io.minigpt.tokenization.RegenerationRecords;
import io.minigpt.tokenization.RegenerationScope;
import io.minigpt.tokenization.SealedVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Plans regenerations from one snapshot of the record table. */
@ApplicationScoped
public class PlanStore {

    /** Documents {@code d} that a choice takes. */
    private static final String CHOSEN = """
            d.corpus = :corpus and d.kind = 'document' and d.revision > :since and (not :named or d.id = any(:ids))
            """;

    private final Database database;
    private final VersionStore versions;
    private final TeachingStore teaching;
    private final TrainedModelStore models;

    PlanStore(Database database, VersionStore versions, TeachingStore teaching, TrainedModelStore models) {
        this.database = database;
        this.versions = versions;
        this.teaching = teaching;
        this.models = models;
    }

    /** @throws io.minigpt.platform.InvalidRequestException naming what is unknown */
    public RegenerationPlan plan(RegenerationScope scope) {
        return database.read(transaction -> RegenerationPlanner.plan(scope, new Table(transaction)));
    }

    private static Query choosing(Query query, String corpus, DocumentChoice choice) {
        List<String> ids = choice instanceof DocumentChoice.Named named ? named.ids() : List.of();
        return query.bind("corpus", corpus)
                .bind("since", choice instanceof DocumentChoice.ChangedSince changed ? changed.revision() : 0)
                .bind("named", choice instanceof DocumentChoice.Named)
                .bind("ids", ids.toArray(String[]::new));
    }

    private final class Table implements RegenerationRecords {

        private final Handle transaction;

        Table(Handle transaction) {
            this.transaction = transaction;
        }

        @Override
        public Optional<SealedVersion> newest(String dataset) {
            return versions.newest(transaction, dataset);
        }

        @Override
        public Optional<GenerationConfigured> setup() {
            return teaching.setup(transaction);
        }

        @Override
        public List<String> unknown(String corpus, List<String> documentIds) {
            Set<String> known = new HashSet<>(transaction
                    .createQuery(
                            "select id from record where corpus = :corpus and kind = 'document' and id = any(:ids)")
                    .bind("corpus", corpus)
                    .bind("ids", documentIds.toArray(String[]::new))
                    .mapTo(String.class)
                    .list());
            return documentIds.stream().filter(id -> !known.contains(id)).toList();
        }

        @Override
        public List<String> unanswered(
                String corpus, DocumentChoice choice, String promptVersion, String teacherLabel) {
            return choosing(transaction.createQuery("select d.id from record d where " + CHOSEN + """
                                    and d.state = 'active'
                                    and not exists (
                                        select from record p
                                        where p.document_id = d.id and p.kind = 'generated' and p.state = 'active'
                                          and p.document_version = d.document_version
                                          and p.prompt_version = :prompt and p.teacher = :teacher)
                                    order by d.sequence, d.id
                                    """), corpus, choice)
                    .bind("prompt", promptVersion)
                    .bind("teacher", teacherLabel)
                    .mapTo(String.class)
                    .list();
        }

        @Override
        public TouchedPairs touched(String corpus, DocumentChoice gone, List<String> asked, long since) {
            return choosing(transaction.createQuery("""
                                    with gone as (
                                        select d.id from record d where %s and d.state = 'retracted'),
                                    pairs as (
                                        select p.state, p.revision from record p
                                        where p.kind = 'generated' and p.corpus = :corpus
                                          and (p.document_id = any(:asked) or p.document_id in (select id from gone))
                                          and (p.state = 'active' or p.revision > :pairsSince))
                                    select (select count(*) from gone) as documents, count(*) as pairs,
                                           coalesce(min(case state when 'active' then revision else 0 end), 0) as oldest
                                    from pairs
                                    """.formatted(CHOSEN)), corpus, gone)
                    .bind("asked", asked.toArray(String[]::new))
                    .bind("pairsSince", since)
                    .map((row, context) ->
                            new TouchedPairs(row.getLong("documents"), row.getLong("pairs"), row.getLong("oldest")))
                    .one();
        }

        @Override
        public long questionsWithoutVariants(String corpus, String teacher) {
            return transaction
                    .createQuery("""
                            select count(*) from record q
                            where q.corpus = :corpus and q.kind = 'curated' and q.state = 'active'
                              and not exists (
                                  select from record v
                                  where v.parent_id = q.id and v.kind = 'variant' and v.state = 'active'
                                    and (:teacher = '' or starts_with(v.teacher, :teacher || '/')))
                            """)
                    .bind("corpus", corpus)
                    .bind("teacher", teacher)
                    .mapTo(Long.class)
                    .one();
        }

        @Override
        public StreamRevision received(String stream) {
            return TableSnapshot.received(transaction, stream);
        }

        @Override
        public List<Integer> versionsReaching(String dataset, StreamRevision least) {
            return transaction
                    .createQuery("""
                            select version from dataset_input
                            where name = :dataset and stream = :stream and revision >= :revision order by version
                            """)
                    .bind("dataset", dataset)
                    .bind("stream", least.getStream())
                    .bind("revision", least.getRevision())
                    .mapTo(Integer.class)
                    .list();
        }

        @Override
        public List<TouchedModel> trainedOn(String dataset, List<Integer> touched) {
            return models.trainedOn(transaction, dataset, touched);
        }

        @Override
        public Optional<TeacherEstimate> taken(Subject subject, String teacherLabel) {
            return teaching.taken(transaction, subject, teacherLabel);
        }
    }
}
