package io.minigpt.registry.store;

import io.minigpt.platform.InvalidRequestException;
import io.minigpt.platform.database.Columns;
import io.minigpt.registry.Metrics;
import io.minigpt.registry.RegisteredVersion;
import io.minigpt.registry.RegisteredVersion.DatasetReference;
import io.minigpt.registry.RegisteredVersion.VersionReference;
import io.minigpt.registry.VersionFilter;
import io.minigpt.registry.VersionQuery;
import io.minigpt.registry.VersionQuery.Position;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds versions: each order walks an index of its own, from the place where the last page ended. In recursions
 * {@code offset 0} keeps the planner from reading the whole table: it thinks that each step finds ten times as much.
 */
@ApplicationScoped
public class VersionSearch {

    /** A version with its place in the order it was asked for in. */
    public record Ranked(RegisteredVersion version, Position position) {}

    private static final int NAMES_TOLD = 200;
    private static final int FEW = 1000;

    /**
     * Versions of a model, at most one more than the query's limit. Those without the figure to sort by come last.
     *
     * @throws InvalidRequestException if no version has the figure to sort by
     */
    public List<Ranked> list(Handle transaction, String model, VersionQuery query) {
        FilterSql filter = FilterSql.of(query.filter(), fewDescendants(transaction, model, query.filter()));
        if (query.sort().isEmpty()) {
            return byTime(transaction, model, query, filter);
        }
        String figure = query.sort().get();
        check(transaction, model, figure);
        int rows = query.limit() + 1;
        boolean ranked = query.after().map(place -> place.key().isPresent()).orElse(true);
        List<Ranked> found =
                new ArrayList<>(ranked ? byFigure(transaction, model, figure, query, filter, rows) : List.of());
        if (found.size() < rows) {
            found.addAll(without(transaction, model, figure, query, filter, rows - found.size()));
        }
        return found;
    }

    /** Versions with a dataset version in them: trained on it, or on top of one that was. By model and number. */
    public List<RegisteredVersion> holding(
            Handle transaction, DatasetReference dataset, VersionReference after, int limit) {
        return transaction
                .createQuery("""
                        with recursive holding (model, version, gone) as (
                            select model, version, deleted_at is not null from model_version
                            where dataset = :dataset and dataset_version = :datasetVersion
                            union
                            select v.model, v.version, v.gone from holding h cross join lateral (
                                select model, version, deleted_at is not null as gone from model_version
                                where base_model = h.model and base_version = h.version offset 0) v
                        ), page as (
                            select model, version from holding
                            where not gone and (model, version) > (:model, :version)
                            order by model, version limit :limit
                        )
                        select v.* from page join model_version v using (model, version) order by v.model, v.version
                        """)
                .bind("dataset", dataset.name())
                .bind("datasetVersion", dataset.version())
                .bind("model", after.model())
                .bind("version", after.version())
                .bind("limit", limit)
                .map((row, context) -> Rows.version(row))
                .list();
    }

    private static List<Ranked> byTime(Handle transaction, String model, VersionQuery query, FilterSql filter) {
        String place = query.after().isEmpty()
                ? ""
                : " and (v.registered_at, v.version) " + further(query.reverse())
                        + " (timestamptz 'epoch' + :key * interval '1 microsecond', :after)";
        String direction = query.reverse() ? "asc" : "desc";
        Query statement = transaction.createQuery("""
                        select v.*, null::float8 as figure from model_version v
                        where v.model = :model and v.deleted_at is null""" + filter.conditions() + place
                + " order by v.registered_at " + direction + ", v.version " + direction + " limit "
                + (query.limit() + 1));
        query.after()
                .ifPresent(after -> statement
                        .bind("key", after.key().orElseThrow(() -> notHere(after)))
                        .bind("after", after.version()));
        return rows(filter.bind(statement.bind("model", model)));
    }

    private static List<Ranked> byFigure(
            Handle transaction, String model, String figure, VersionQuery query, FilterSql filter, int rows) {
        boolean ascending = Metrics.direction(figure) < 0 != query.reverse();
        String direction = ascending ? "asc" : "desc";
        String place =
                query.after().isEmpty() ? "" : " and (m.value, m.version) " + further(ascending) + " (:key, :after)";
        Query statement = transaction.createQuery("""
                        select v.*, m.value as figure from metric m
                        join model_version v on v.model = m.model and v.version = m.version
                        where m.model = :model and m.name = :figure and v.deleted_at is null"""
                + filter.conditions() + place + " order by m.value " + direction + ", m.version " + direction
                + " limit "
                + rows);
        query.after()
                .ifPresent(after -> statement
                        .bind("key", after.key().orElseThrow(() -> notHere(after)))
                        .bind("after", after.version()));
        return rows(filter.bind(statement.bind("model", model).bind("figure", figure)));
    }

    private static List<Ranked> without(
            Handle transaction, String model, String figure, VersionQuery query, FilterSql filter, int rows) {
        Optional<Position> after = query.after().filter(place -> place.key().isEmpty());
        Query statement = transaction.createQuery("""
                        select v.*, null::float8 as figure from model_version v
                        where v.model = :model and v.deleted_at is null and not exists (
                            select 1 from metric m
                            where m.model = v.model and m.version = v.version and m.name = :figure)"""
                + filter.conditions() + (after.isEmpty() ? "" : " and v.version < :after")
                + " order by v.version desc limit " + rows);
        after.ifPresent(place -> statement.bind("after", place.version()));
        return rows(filter.bind(statement.bind("model", model).bind("figure", figure))).stream()
                .map(found -> new Ranked(
                        found.version(),
                        new Position(OptionalDouble.empty(), found.version().version())))
                .toList();
    }

    /**
     * Numbers of the versions that descend from the filter's ancestor, unless they are many. The planner cannot tell how
     * many a recursion finds: of few it should look at each, among many it soon meets enough in the order asked for.
     */
    private static Optional<List<Integer>> fewDescendants(Handle transaction, String model, VersionFilter filter) {
        return filter.ancestor()
                .map(ancestor -> transaction
                        .createQuery("""
                                with recursive descendant (model, version) as (
                                    select model, version from model_version
                                    where base_model = :ancestor and base_version = :ancestorVersion
                                    union
                                    select v.model, v.version from descendant d cross join lateral (
                                        select model, version from model_version
                                        where base_model = d.model and base_version = d.version offset 0) v
                                )
                                select version from descendant where model = :model limit :limit
                                """)
                        .bind("ancestor", ancestor.model())
                        .bind("ancestorVersion", ancestor.version())
                        .bind("model", model)
                        .bind("limit", FEW + 1)
                        .mapTo(Integer.class)
                        .list())
                .filter(numbers -> numbers.size() <= FEW);
    }

    private static String further(boolean ascending) {
        return ascending ? ">" : "<";
    }

    private static InvalidRequestException notHere(Position position) {
        return new InvalidRequestException("cursor '" + position + "' does not come from this list");
    }

    private static List<Ranked> rows(Query query) {
        return query.map((row, context) -> new Ranked(Rows.version(row), position(row)))
                .list();
    }

    private static Position position(ResultSet row) throws SQLException {
        Optional<Double> figure = Optional.ofNullable(row.getObject("figure", Double.class));
        Instant registered = Columns.instant(row, "registered_at");
        double key = figure.orElse((double) ChronoUnit.MICROS.between(Instant.EPOCH, registered));
        return new Position(OptionalDouble.of(key), row.getInt("version"));
    }

    private static void check(Handle transaction, String model, String figure) {
        boolean known = transaction
                .createQuery("select exists (select 1 from metric where model = :model and name = :figure)")
                .bind("model", model)
                .bind("figure", figure)
                .mapTo(Boolean.class)
                .one();
        if (!known) {
            throw new InvalidRequestException("sort '" + figure + "' must be " + VersionQuery.REGISTERED_AT
                    + " or one of " + names(transaction, model));
        }
    }

    /** Names of the figures that a model has: one step in the index for each, however many versions there are. */
    private static List<String> names(Handle transaction, String model) {
        return transaction
                .createQuery("""
                        with recursive names (name) as (
                            (select name from metric where model = :model order by name limit 1)
                            union all
                            select (select m.name from metric m where m.model = :model and m.name > n.name
                                    order by m.name limit 1)
                            from names n where n.name is not null
                        )
                        select name from names where name is not null limit :limit
                        """)
                .bind("model", model)
                .bind("limit", NAMES_TOLD)
                .mapTo(String.class)
                .list();
    }
}
