package io.minigpt.tokenization.store;

import io.minigpt.tokenization.NearRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Finds pairs by their trigrams. Trigrams of Chinese are three characters, so most are rare and the index leads to few
 * candidates; the database's character type must know that they are letters.
 */
@ApplicationScoped
public class NearestStore {

    /** Least similarity that is looked for: below it, too much of the table would be compared. */
    private static final double THRESHOLD = 0.4;

    /** Most similar records of all corpora, among which those of the version are. */
    private static final int CANDIDATES = 500;

    private final LineageStore lineage;

    NearestStore(LineageStore lineage) {
        this.lineage = lineage;
    }

    /** Records of a version that resemble a text, the most similar first. */
    public List<NearRecord> find(Handle transaction, String name, int version, String text, int limit) {
        transaction
                .createQuery("select set_config('pg_trgm.word_similarity_threshold', :threshold, true)")
                .bind("threshold", Double.toString(THRESHOLD))
                .mapTo(String.class)
                .one();
        return transaction
                .createQuery("""
                        with similar_record as materialized (
                            select id, word_similarity(:text, question || ' ' || answer) as similarity
                            from record
                            where kind <> 'document' and :text <% (question || ' ' || answer)
                            order by similarity desc, id limit :candidates)
                        select similar_record.id, similarity, place.split, place.label
                        from similar_record
                        cross join lateral (
                            select split, label from dataset_record
                            where record_id = similar_record.id and repetition = 0 and freeze_number = (
                                select number from freeze_run join dataset_version using (run_id)
                                where dataset_version.name = :name and dataset_version.version = :version)) place
                        order by similarity desc, similar_record.id limit :limit
                        """)
                .bind("text", text)
                .bind("candidates", CANDIDATES)
                .bind("name", name)
                .bind("version", version)
                .bind("limit", limit)
                .map((row, context) -> new Found(
                        row.getString("id"),
                        row.getDouble("similarity"),
                        row.getString("split"),
                        row.getString("label")))
                .list()
                .stream()
                .map(found -> new NearRecord(
                        found.similarity,
                        found.split,
                        found.label,
                        lineage.find(transaction, found.id).orElseThrow()))
                .toList();
    }

    private record Found(String id, double similarity, String split, String label) {}
}
