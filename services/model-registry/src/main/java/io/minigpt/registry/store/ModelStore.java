package io.minigpt.registry.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The models with what they have. */
@ApplicationScoped
public class ModelStore {

    /**
     * A model.
     *
     * @param name its name
     * @param versions how many versions it has
     * @param latest number of the newest
     * @param aliases versions by alias
     */
    public record Model(String name, int versions, int latest, Map<String, Integer> aliases) {}

    private record AliasRow(String model, String alias, int version) {}

    /** Models that have versions, by name, after a cursor (a name; empty for the start). */
    public List<Model> list(Handle transaction, String cursor, int limit) {
        List<Model> models = transaction
                .createQuery("""
                        select model, count(*) as versions, max(version) as latest from model_version
                        where deleted_at is null and model > :cursor
                        group by model order by model limit :limit
                        """)
                .bind("cursor", cursor)
                .bind("limit", limit)
                .map((row, context) ->
                        new Model(row.getString("model"), row.getInt("versions"), row.getInt("latest"), Map.of()))
                .list();
        Map<String, Map<String, Integer>> aliases =
                aliases(transaction, models.stream().map(Model::name).toList());
        return models.stream()
                .map(model -> new Model(
                        model.name(), model.versions(), model.latest(), aliases.getOrDefault(model.name(), Map.of())))
                .toList();
    }

    private static Map<String, Map<String, Integer>> aliases(Handle transaction, List<String> models) {
        return transaction
                .createQuery("select model, alias, version from alias where model = any(:models)")
                .bind("models", models.toArray(String[]::new))
                .map((row, context) ->
                        new AliasRow(row.getString("model"), row.getString("alias"), row.getInt("version")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        AliasRow::model,
                        Collectors.toMap(AliasRow::alias, AliasRow::version, Math::max, TreeMap::new)));
    }
}
