package io.minigpt.registry.store;

import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What a version comes from and what came from it, as far as it is not deleted. */
@ApplicationScoped
public class LineageGraph {

    /** A chain longer than this is cut; it also ends one that leads back to itself. */
    public static final int LONGEST = 100;

    /** The version and its ancestors, itself first. */
    public List<RegisteredVersion> ancestors(Handle transaction, VersionReference reference) {
        return transaction
                .createQuery("""
                        with recursive chain (model, version, depth) as (
                            select :model::text, :version::int, 0
                            union all
                            select v.base_model, v.base_version, c.depth + 1
                            from chain c join model_version v using (model, version)
                            where v.base_version is not null and c.depth < :longest
                        )
                        select v.* from chain c join model_version v using (model, version)
                        where v.deleted_at is null order by c.depth
                        """)
                .bind("model", reference.model())
                .bind("version", reference.version())
                .bind("longest", LONGEST)
                .map((row, context) -> Rows.version(row))
                .list();
    }

    /** Versions that descend from this one, the nearest first, at most so many. */
    public List<RegisteredVersion> descendants(Handle transaction, VersionReference reference, int limit) {
        List<RegisteredVersion> found = new ArrayList<>();
        List<VersionReference> generation = List.of(reference);
        for (int depth = 0; depth < LONGEST && !generation.isEmpty() && found.size() < limit; depth++) {
            List<RegisteredVersion> children = children(transaction, generation, limit - found.size());
            found.addAll(children);
            generation = children.stream().map(RegisteredVersion::reference).toList();
        }
        return found;
    }

    private static List<RegisteredVersion> children(Handle transaction, List<VersionReference> generation, int limit) {
        return transaction
                .createQuery("""
                        select v.* from unnest(:models, :versions) as base (model, version)
                        join model_version v on v.base_model = base.model and v.base_version = base.version
                        where v.deleted_at is null order by v.model, v.version limit :limit
                        """)
                .bind("models", generation.stream().map(VersionReference::model).toArray(String[]::new))
                .bind(
                        "versions",
                        generation.stream().map(VersionReference::version).toArray(Integer[]::new))
                .bind("limit", limit)
                .map((row, context) -> Rows.version(row))
                .list();
    }
}
