package io.minigpt.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The versions in memory: those that an alias means, and a limited number that callers asked for by number. Not
 * thread-safe.
 */
final class LoadedModels {

    private final int mostExtra;
    private final Map<VersionId, LoadedModel> loaded = new HashMap<>();
    private final Map<AliasName, VersionId> serving = new HashMap<>();
    private final Set<VersionId> extra = new HashSet<>();
    private final List<LoadedModel> leaving = new ArrayList<>();

    LoadedModels(int mostExtra) {
        // with none, a version would leave again before its caller has it
        this.mostExtra = Math.max(1, mostExtra);
    }

    Optional<LoadedModel> find(VersionId id) {
        return Optional.ofNullable(loaded.get(id));
    }

    Optional<LoadedModel> find(AliasName alias) {
        return Optional.ofNullable(serving.get(alias)).map(loaded::get);
    }

    Map<AliasName, VersionId> serving() {
        return Map.copyOf(serving);
    }

    Set<VersionId> ids() {
        return Set.copyOf(loaded.keySet());
    }

    /** Adds a version for an alias. */
    void add(LoadedModel model, AliasName alias) {
        loaded.put(model.version().id(), model);
        point(alias, model.version().id());
    }

    /** Adds a version that was asked for by number; the least recently used of those leaves if they are too many. */
    void addExtra(LoadedModel model) {
        loaded.put(model.version().id(), model);
        extra.add(model.version().id());
        retireUnwanted();
    }

    /** Lets an alias mean a loaded version; the one that it meant leaves unless something else keeps it. */
    void point(AliasName alias, VersionId id) {
        serving.put(alias, id);
        extra.remove(id);
        retireUnwanted();
    }

    /** Drops aliases and versions that exist no more. */
    void keepOnly(ModelCatalog catalog) {
        serving.keySet().removeIf(alias -> catalog.version(alias).isEmpty());
        extra.removeIf(id -> catalog.version(id).isEmpty());
        leaving.removeIf(model -> !model.inMemory());
        retireUnwanted();
    }

    /** Makes room for one more that is asked for by number. */
    void makeRoom() {
        retireExtra(mostExtra - 1);
    }

    /** Ends everything. Running requests may end within the time, then they are given up. */
    void close(Duration time) throws InterruptedException {
        serving.clear();
        extra.clear();
        retireUnwanted();
        long end = System.nanoTime() + time.toNanos();
        for (LoadedModel model : leaving) {
            if (!model.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                model.cancelAll();
                model.awaitEnd(time);
            }
        }
    }

    private void retireUnwanted() {
        retireExtra(mostExtra);
        for (VersionId id : ids()) {
            if (!serving.containsValue(id) && !extra.contains(id)) {
                LoadedModel model = loaded.remove(id);
                model.retire();
                leaving.add(model);
            }
        }
    }

    private void retireExtra(int left) {
        while (extra.size() > left) {
            VersionId oldest = extra.stream()
                    .min(Comparator.comparingLong(id -> loaded.get(id).lastUse()))
                    .orElseThrow();
            extra.remove(oldest);
            LoadedModel model = loaded.remove(oldest);
            model.retire();
            leaving.add(model);
        }
    }
}
