package io.minigpt.tokenization.store;

import io.minigpt.tokenization.LearnedModel;
import io.minigpt.tokenization.RecordPlace;
import io.minigpt.tokenization.RecordSummary;
import io.minigpt.tokenization.TracedRecord;
import io.minigpt.tokenization.VersionShare;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Where records came from and which versions they went into. Only sealed versions are seen. */
@ApplicationScoped
public class LineageStore {

    private static final String PLACES = """
            select place.*, sealed.name, sealed.version
            from dataset_record place
            join freeze_run run on run.number = place.freeze_number
            join dataset_version sealed on sealed.run_id = run.run_id
            """;

    private final DocumentTexts texts;

    LineageStore(DocumentTexts texts) {
        this.texts = texts;
    }

    /** A record with its document, its passage and its places. */
    public Optional<TracedRecord> find(Handle transaction, String id) {
        List<RecordPlace> places = transaction
                .createQuery(PLACES + " where place.record_id = :id order by name, version, split, number limit 1000")
                .bind("id", id)
                .map((row, context) -> place(row))
                .list();
        return transaction
                .createQuery("""
                        select record.*, made_from.document_version as source_version,
                               made_from.passage_start as source_start, made_from.passage_end as source_end,
                               document.id as source_id, document.document_version as current_version,
                               document.state as source_state, document.external_id as source_external_id,
                               document.title as source_title, document.url as source_url,
                               document.text as source_text, document.text_file as source_file
                        from record
                        -- a variant came from its parent's passage
                        left join record made_from on made_from.id =
                            case record.kind when 'variant' then record.parent_id else record.id end
                        left join record document on document.id = made_from.document_id and document.kind = 'document'
                        where record.id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> traced(row, places))
                .findOne();
    }

    /** What was made from a record, directly or not, by id. */
    public List<RecordSummary> descendants(Handle transaction, String id, String after, int limit) {
        return transaction
                .createQuery("""
                        select * from record where (family_id = :id or parent_id = :id) and id <> :id and id > :after
                        order by id limit :limit
                        """)
                .bind("id", id)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> summary(row))
                .list();
    }

    /** The versions that contain a record or something made from it. */
    public List<VersionShare> versions(Handle transaction, String id) {
        return transaction
                .createQuery("""
                        with made as materialized
                            (select id from record where id = :id or family_id = :id or parent_id = :id)
                        select sealed.name, sealed.version, sealed.identity, count(*) as records,
                               count(*) filter (where place.split = 'train') as trained
                        from made
                        join dataset_record place on place.record_id = made.id and place.repetition = 0
                        join freeze_run run on run.number = place.freeze_number
                        join dataset_version sealed on sealed.run_id = run.run_id
                        group by sealed.name, sealed.version, sealed.identity
                        order by sealed.name, sealed.version
                        """)
                .bind("id", id)
                .map((row, context) -> new VersionShare(
                        row.getString("name"),
                        row.getInt("version"),
                        row.getString("identity"),
                        row.getLong("records"),
                        row.getLong("trained")))
                .list();
    }

    /** The models that learned a record or something made from it, from a dataset or from the model they started from. */
    public List<LearnedModel> models(Handle transaction, String id) {
        return transaction
                .createQuery("""
                        with recursive made as materialized
                            (select id from record where id = :id or family_id = :id or parent_id = :id),
                        held as (
                            select distinct sealed.name, sealed.version
                            from made
                            join dataset_record place on place.record_id = made.id and place.split = 'train'
                            join freeze_run run on run.number = place.freeze_number
                            join dataset_version sealed on sealed.run_id = run.run_id),
                        learned as (
                            select model.model, model.version, true as direct
                            from trained_model model
                            join held on held.name = model.dataset and held.version = model.dataset_version
                            union
                            select model.model, model.version, false
                            from trained_model model
                            join learned on learned.model = model.base_model and learned.version = model.base_version)
                        select model.*, bool_or(learned.direct) as direct
                        from learned join trained_model model using (model, version)
                        group by model.model, model.version
                        order by model.model, model.version
                        """)
                .bind("id", id)
                .map((row, context) -> new LearnedModel(
                        row.getString("model"),
                        row.getInt("version"),
                        row.getString("dataset"),
                        row.getInt("dataset_version"),
                        row.getBoolean("direct")))
                .list();
    }

    /** The record that a token of a version belongs to. */
    public Optional<RecordPlace> at(Handle transaction, String name, int version, String split, long token) {
        return transaction
                .createQuery("""
                        select place.*, cast(:name as text) as name, cast(:version as integer) as version
                        from dataset_record place
                        -- one number, so that the index alone gives the last row up to the token
                        where place.freeze_number = (
                                select number from freeze_run join dataset_version using (run_id)
                                where dataset_version.name = :name and dataset_version.version = :version)
                          and place.split = :split and place.first_token <= :token
                        order by place.first_token desc, place.number desc limit 1
                        """)
                .bind("name", name)
                .bind("version", version)
                .bind("split", split)
                .bind("token", token)
                .map((row, context) -> place(row))
                .findOne()
                .filter(place -> token < place.firstToken() + place.tokens());
    }

    static RecordSummary summary(ResultSet row) throws SQLException {
        return new RecordSummary(
                row.getString("id"),
                row.getString("kind"),
                row.getString("state"),
                row.getString("parent_id"),
                row.getString("document_version"),
                row.getString("prompt_version"),
                row.getString("teacher"),
                row.getString("question"),
                row.getString("answer"));
    }

    private static RecordPlace place(ResultSet row) throws SQLException {
        return new RecordPlace(
                row.getString("record_id"),
                row.getString("name"),
                row.getInt("version"),
                row.getString("split"),
                row.getString("label"),
                row.getLong("number"),
                row.getLong("first_token"),
                row.getInt("tokens"),
                row.getInt("prompt_tokens"));
    }

    private TracedRecord traced(ResultSet row, List<RecordPlace> places) throws SQLException {
        return new TracedRecord(
                row.getString("id"),
                row.getString("corpus"),
                row.getString("kind"),
                row.getString("state"),
                row.getString("parent_id"),
                row.getString("family_id"),
                row.getString("question"),
                row.getString("answer"),
                row.getString("prompt_version"),
                row.getString("teacher"),
                row.getString("recipe"),
                row.getString("run_id"),
                row.getString("source_id") == null ? null : source(row),
                row.getObject("source_start") == null ? null : passage(row),
                places);
    }

    private static TracedRecord.SourceDocument source(ResultSet row) throws SQLException {
        return new TracedRecord.SourceDocument(
                row.getString("source_id"),
                row.getString("current_version"),
                row.getString("source_state"),
                row.getString("source_external_id"),
                row.getString("source_title"),
                row.getString("source_url"));
    }

    private TracedRecord.Passage passage(ResultSet row) throws SQLException {
        String version = row.getString("source_version");
        int start = row.getInt("source_start");
        int end = row.getInt("source_end");
        if (version == null || !version.equals(row.getString("current_version"))) {
            return new TracedRecord.Passage(version, start, end, null);
        }
        String text = texts.read(row.getString("source_id"), row.getString("source_text"), row.getBytes("source_file"));
        boolean inside = start <= end && end <= text.length();
        return new TracedRecord.Passage(version, start, end, inside ? text.substring(start, end) : null);
    }
}
