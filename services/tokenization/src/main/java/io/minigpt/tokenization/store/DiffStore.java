package io.minigpt.tokenization.store;

import io.minigpt.tokenization.RecordChange;
import io.minigpt.tokenization.VersionDiff;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Compares the records of two versions by id, text and split. */
@ApplicationScoped
public class DiffStore {

    private static final String BOTH = """
            with one as materialized (
                select record_id, split, sha256 from dataset_record
                where repetition = 0 and freeze_number = (
                    select number from freeze_run join dataset_version using (run_id)
                    where dataset_version.name = :name and dataset_version.version = :from)),
            other as materialized (
                select record_id, split, sha256 from dataset_record
                where repetition = 0 and freeze_number = (
                    select number from freeze_run join dataset_version using (run_id)
                    where dataset_version.name = :name and dataset_version.version = :to)),
            both_sides as (
                select record_id, one.split as from_split, other.split as to_split,
                       case when one.sha256 is null then 'added'
                            when other.sha256 is null then 'removed'
                            when one.sha256 <> other.sha256 or one.split <> other.split then 'changed'
                            else 'unchanged' end as change
                from one full join other using (record_id))
            """;

    public VersionDiff.Counts counts(Handle transaction, String name, int from, int to) {
        return transaction
                .createQuery(BOTH + """
                        select count(*) filter (where change = 'added') as added,
                               count(*) filter (where change = 'removed') as removed,
                               count(*) filter (where change = 'changed') as changed,
                               count(*) filter (where change = 'unchanged') as unchanged
                        from both_sides
                        """)
                .bind("name", name)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new VersionDiff.Counts(
                        row.getLong("added"), row.getLong("removed"), row.getLong("changed"), row.getLong("unchanged")))
                .one();
    }

    /** What is not equal, by id. */
    public List<RecordChange> changes(Handle transaction, String name, int from, int to, String after, int limit) {
        return transaction
                .createQuery(BOTH + """
                        select * from both_sides where change <> 'unchanged' and record_id > :after
                        order by record_id limit :limit
                        """)
                .bind("name", name)
                .bind("from", from)
                .bind("to", to)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new RecordChange(
                        row.getString("record_id"),
                        row.getString("change"),
                        row.getString("from_split"),
                        row.getString("to_split")))
                .list();
    }
}
