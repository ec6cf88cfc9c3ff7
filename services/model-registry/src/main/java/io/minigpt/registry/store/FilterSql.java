package io.minigpt.registry.store;

import io.minigpt.registry.FigureCondition;
import io.minigpt.registry.VersionFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * A filter as SQL: only what is asked for is in the text, so that the planner sees which index serves.
 *
 * @param conditions each begins with {@code and} and names the table {@code v}
 * @param values of its parameters
 */
record FilterSql(String conditions, Map<String, Object> values) {

    private static final String DESCENDS = """
            (v.model, v.version) in (
                with recursive descendant (model, version) as (
                    select d.model, d.version from model_version d
                    where d.base_model = :ancestor and d.base_version = :ancestorVersion
                    union
                    select d.model, d.version from descendant a cross join lateral (
                        select model, version from model_version
                        where base_model = a.model and base_version = a.version offset 0) d
                )
                select model, version from descendant)
            """;

    /** @param descendants numbers of the versions that descend from the filter's ancestor, if they are few */
    static FilterSql of(VersionFilter filter, Optional<List<Integer>> descendants) {
        StringBuilder sql = new StringBuilder();
        Map<String, Object> values = new LinkedHashMap<>();
        filter.stage().ifPresent(stage -> {
            sql.append(" and v.stage = :stage");
            values.put("stage", stage.label());
        });
        filter.dataset().ifPresent(dataset -> {
            sql.append(" and v.dataset = :dataset");
            values.put("dataset", dataset);
        });
        filter.datasetVersion().ifPresent(version -> {
            sql.append(" and v.dataset_version = :datasetVersion");
            values.put("datasetVersion", version);
        });
        filter.alias().ifPresent(alias -> {
            sql.append(" and v.version = (select a.version from alias a where a.model = :model and a.alias = :alias)");
            values.put("alias", alias);
        });
        filter.since().ifPresent(since -> {
            sql.append(" and v.registered_at >= :since");
            values.put("since", since);
        });
        filter.until().ifPresent(until -> {
            sql.append(" and v.registered_at < :until");
            values.put("until", until);
        });
        filter.tag().ifPresent(tag -> {
            sql.append(" and v.tags @> array[:tag]::text[]");
            values.put("tag", tag);
        });
        filter.ancestor().ifPresent(ancestor -> {
            if (descendants.isPresent()) {
                sql.append(" and v.version = any(:descendants)");
                values.put("descendants", descendants.get().toArray(Integer[]::new));
            } else {
                sql.append(" and ").append(DESCENDS);
                values.put("ancestor", ancestor.model());
                values.put("ancestorVersion", ancestor.version());
            }
        });
        int number = 0;
        for (FigureCondition condition : filter.figures()) {
            String name = "figure" + number;
            sql.append(" and exists (select 1 from metric f where f.model = v.model and f.version = v.version"
                    + " and f.name = :%s and f.value %s :%sValue)"
                            .formatted(name, condition.comparison().sign(), name));
            values.put(name, condition.figure());
            values.put(name + "Value", condition.value());
            number++;
        }
        return new FilterSql(sql.toString(), values);
    }

    Query bind(Query query) {
        values.forEach(query::bind);
        return query;
    }
}
