package io.minigpt.registry.store;

import io.minigpt.platform.database.Columns;
import io.minigpt.registry.Alias;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Aliases with all that they ever named. */
@ApplicationScoped
public class AliasStore {

    /** What an alias names now. */
    public Optional<Alias> find(Handle transaction, String model, String alias) {
        return transaction
                .createQuery("select * from alias where model = :model and alias = :alias")
                .bind("model", model)
                .bind("alias", alias)
                .map((row, context) -> Rows.alias(row))
                .findOne();
    }

    /** What an alias named at a time. */
    public Optional<Alias> find(Handle transaction, String model, String alias, Instant at) {
        return transaction
                .createQuery("""
                        select * from alias_change
                        where model = :model and alias = :alias and set_at <= :at
                        order by set_at desc, revision desc limit 1
                        """)
                .bind("model", model)
                .bind("alias", alias)
                .bind("at", at)
                .map((row, context) -> Rows.alias(row))
                .findOne();
    }

    /** Changes of an alias, newest first, before a revision. */
    public List<Alias> history(Handle transaction, String model, String alias, long before, int limit) {
        return transaction
                .createQuery("""
                        select * from alias_change
                        where model = :model and alias = :alias and revision < :before
                        order by revision desc limit :limit
                        """)
                .bind("model", model)
                .bind("alias", alias)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> Rows.alias(row))
                .list();
    }

    /** Aliases of versions of one model, by version. */
    public Map<Integer, List<String>> of(Handle transaction, String model, Collection<Integer> versions) {
        return transaction
                .createQuery("""
                        select version, alias from alias
                        where model = :model and version = any(:versions) order by alias
                        """)
                .bind("model", model)
                .bind("versions", versions.toArray(Integer[]::new))
                .map((row, context) -> Map.entry(row.getInt("version"), row.getString("alias")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** Lets an alias name a version; the model must be locked. */
    Alias set(Handle transaction, VersionReference version, String alias, String setBy, String reason) {
        Optional<Alias> before = find(transaction, version.model(), alias);
        Alias after = new Alias(
                version.model(),
                alias,
                version.version(),
                before.map(Alias::revision).orElse(0L) + 1,
                before.map(Alias::version),
                setBy,
                reason,
                Columns.now(transaction));
        transaction
                .createUpdate("""
                        insert into alias_change
                            (model, alias, revision, version, previous_version, set_by, reason, set_at)
                        values (:model, :alias, :revision, :version, :previous, :by, :reason, :at)
                        """)
                .bind("model", after.model())
                .bind("alias", after.alias())
                .bind("revision", after.revision())
                .bind("version", after.version())
                .bind("previous", after.previousVersion().orElse(null))
                .bind("by", after.setBy())
                .bind("reason", after.reason())
                .bind("at", after.setAt())
                .execute();
        return after;
    }
}
