package io.minigpt.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The versions in memory: those that an alias means, and a limited number that callers asked for by number. If memory is
 * limited, an alias's version may have to leave; the alias then rests until it is asked for. Not thread-safe.
 */
final class LoadedModels {

    /** Whether there is room for a version. */
    enum Room {
        /** There is. */
        FREE,
        /** There will be when others have left. */
        SOON,
        /** There will be none. */
        NONE
    }

    private final int mostExtra;
    private final long limit;
    private final Map<VersionId, LoadedModel> loaded = new HashMap<>();
    private final Map<AliasName, VersionId> serving = new HashMap<>();
    private final Map<AliasName, VersionId> resting = new HashMap<>();
    private final Set<VersionId> extra = new HashSet<>();
    private final List<LoadedModel> leaving = new ArrayList<>();

    /** @param limit of the bytes that all weights take */
    LoadedModels(int mostExtra, long limit) {
        this.limit = limit;
        // with none, a version would leave again before its caller has it
        this.mostExtra = Math.max(1, mostExtra);
    }

    Optional<LoadedModel> find(VersionId id) {
        return Optional.ofNullable(loaded.get(id));
    }

    Optional<LoadedModel> find(AliasName alias) {
        return Optional.ofNullable(serving.get(alias)).map(loaded::get);
    }

    /** What aliases mean, those that rest among them. */
    Map<AliasName, VersionId> serving() {
        Map<AliasName, VersionId> all = new HashMap<>(resting);
        all.putAll(serving);
        return Map.copyOf(all);
    }

    /** Lets an alias rest no longer. @return whether it did */
    boolean awaken(AliasName alias) {
        return resting.remove(alias) != null;
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
        resting.remove(alias);
        extra.remove(id);
        retireUnwanted();
    }

    /** Drops aliases and versions that exist no more. */
    void keepOnly(ModelCatalog catalog) {
        serving.keySet().removeIf(alias -> catalog.version(alias).isEmpty());
        resting.keySet().removeIf(alias -> catalog.version(alias).isEmpty());
        extra.removeIf(id -> catalog.version(id).isEmpty());
        leaving.removeIf(model -> !model.inMemory());
        retireUnwanted();
    }

    /** Makes room for one more that is asked for by number. */
    void makeRoom() {
        retireExtra(mostExtra - 1);
    }

    /**
     * Makes room for so many bytes: what was used least recently leaves.
     *
     * @param keep what has to stay until the new version has taken over, if anything
     */
    Room makeRoom(long bytes, Optional<VersionId> keep) {
        leaving.removeIf(model -> !model.inMemory());
        if (bytes <= limit - bytes(loaded.values()) - bytes(leaving)) {
            return Room.FREE;
        }
        long kept = bytes(keep.map(loaded::get).stream().toList());
        if (bytes > limit - kept) {
            return Room.NONE;
        }
        while (bytes > limit - bytes(loaded.values())) {
            retireLeastRecentlyUsed(keep);
        }
        return Room.SOON;
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
                retire(id);
            }
        }
    }

    private void retireLeastRecentlyUsed(Optional<VersionId> keep) {
        VersionId oldest = loaded.keySet().stream()
                .filter(id -> keep.filter(id::equals).isEmpty())
                .min(Comparator.comparingLong(id -> loaded.get(id).lastUse()))
                .orElseThrow();
        serving.forEach((alias, id) -> {
            if (id.equals(oldest)) {
                resting.put(alias, id);
            }
        });
        serving.values().removeIf(oldest::equals);
        extra.remove(oldest);
        retire(oldest);
    }

    private void retire(VersionId id) {
        LoadedModel model = loaded.remove(id);
        model.retire();
        leaving.add(model);
    }

    private static long bytes(Collection<LoadedModel> models) {
        return models.stream().mapToLong(LoadedModel::bytes).sum();
    }

    private void retireExtra(int left) {
        while (extra.size() > left) {
            VersionId oldest = extra.stream()
                    .min(Comparator.comparingLong(id -> loaded.get(id).lastUse()))
                    .orElseThrow();
            extra.remove(oldest);
            retire(oldest);
        }
    }
}
