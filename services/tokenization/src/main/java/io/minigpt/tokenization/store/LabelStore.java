package io.minigpt.tokenization.store;

import io.minigpt.tokenization.Label;
import io.minigpt.tokenization.LabelledRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Says what a model knows of records: from the dataset version that it was trained on, and from those of the models that
 * it was trained from. An item of an imported set is known as the record is that asks the same.
 */
@ApplicationScoped
public class LabelStore {

    private static final String LABELS = """
            with recursive line as (
                select * from trained_model where model = :model and version = :version
                union
                select base.* from trained_model base
                join line on base.model = line.base_model and base.version = line.base_version),
            learned as materialized (
                select run.number
                from line
                join dataset_version sealed on sealed.name = line.dataset and sealed.version = line.dataset_version
                join freeze_run run on run.run_id = sealed.run_id),
            item as materialized (
                select place, record.*
                from unnest(:ids) with ordinality as wanted (id, place) join record using (id)),
            -- the item itself, and for an imported one the records that ask the same
            known as materialized (
                select place, item.id, item.kind, item.parent_id, item.family_id, item.document_id from item
                union all
                select item.place, twin.id, twin.kind, twin.parent_id, twin.family_id, twin.document_id
                from item
                join record twin on twin.corpus = item.corpus and twin.question = item.question
                                and twin.kind in ('curated', 'generated', 'variant')
                where item.kind = 'imported'),
            -- what its other wordings were made from, and the document that it is about
            kin as materialized (
                select place, id, case kind when 'variant' then parent_id else id end as root,
                       coalesce(document_id, family_id) as source
                from known),
            trained as materialized (
                select distinct place.record_id as id
                from dataset_record place join learned on learned.number = place.freeze_number
                where place.split = 'train' and place.record_id in (
                    select id from kin
                    union select root from kin
                    union select source from kin
                    union select record.id from record join kin on record.parent_id = kin.root
                    union select record.id from record join kin on record.family_id = kin.source))
            select item.id,
                   case
                       when bool_or(exists (select from trained where id = kin.id)) then 'trained'
                       when bool_or(exists (
                           select from trained join record using (id)
                           where (record.id = kin.root or record.parent_id = kin.root) and record.kind <> 'document'))
                           then 'variant-of-trained'
                       when bool_or(exists (
                           select from trained join record using (id)
                           where record.family_id = kin.source and record.kind <> 'document'))
                           then 'same-document'
                       when bool_or(exists (select from trained where id = kin.source)) then 'read-in-pretraining'
                       else 'unseen' end as label
            from item join kin using (place)
            group by item.place, item.id order by item.place
            """;

    /** Whether a version of a model is registered. */
    public boolean isKnown(Handle transaction, String model, int version) {
        return transaction
                .createQuery("select exists (select from trained_model where model = :model and version = :version)")
                .bind("model", model)
                .bind("version", version)
                .mapTo(Boolean.class)
                .one();
    }

    /** What a model knows of these records, in their order; those that are not in the table are left out. */
    public List<LabelledRecord> labels(Handle transaction, String model, int version, List<String> ids) {
        return transaction
                .createQuery(LABELS)
                .bind("model", model)
                .bind("version", version)
                .bind("ids", ids.toArray(String[]::new))
                .map((row, context) -> new LabelledRecord(row.getString("id"), Label.of(row.getString("label"))))
                .list();
    }
}
