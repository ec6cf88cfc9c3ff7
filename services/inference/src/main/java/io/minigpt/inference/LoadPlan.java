package io.minigpt.inference;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the loader does next, so that aliases are followed and versions that were asked for by number come, as far as
 * there is room. Not thread-safe.
 */
final class LoadPlan {

    private final ModelCatalog catalog;
    private final InferenceConfig config;
    private final ModelLoader loader;
    private final LoadedModels models;
    private final LoadFailures<AliasName> failedAliases;
    private final LoadFailures<VersionId> failedDemands;
    private final Set<VersionId> demanded = new LinkedHashSet<>();

    LoadPlan(ModelCatalog catalog, InferenceConfig config, ModelLoader loader, LoadedModels models) {
        this.catalog = catalog;
        this.config = config;
        this.loader = loader;
        this.models = models;
        this.failedAliases = new LoadFailures<>(config.retryLoad());
        this.failedDemands = new LoadFailures<>(config.retryLoad());
    }

    /** What is to be done next, if there is anything that can be done. */
    Optional<LoadTask> next() {
        models.keepOnly(catalog);
        failedAliases.forget(alias -> catalog.version(alias).isEmpty());
        Optional<LoadTask> forAlias =
                followed().stream().flatMap(alias -> nextFor(alias).stream()).findFirst();
        return forAlias.isPresent() ? forAlias : nextDemand();
    }

    /** Wants a version that is not loaded. @throws ModelUnavailableException if that has failed lately */
    void demand(VersionId id) {
        if (failedDemands.blocks(id, id)) {
            failedDemands.reason(id, id).ifPresent(reason -> refuse(id, reason));
        }
        demanded.add(id);
    }

    /** @throws ModelUnavailableException if the version that an alias wants could not be loaded */
    void requireNotFailed(AliasName alias, VersionId wanted) {
        failedAliases.reason(alias, wanted).ifPresent(reason -> refuse(wanted, reason));
    }

    /** A version was loaded. */
    void loaded(LoadTask.Load task) {
        VersionId id = task.version().id();
        task.alias().ifPresent(alias -> failedAliases.forget(alias::equals));
        failedDemands.forget(id::equals);
        demanded.remove(id);
    }

    /** A version could not be loaded. @return whether that is news */
    boolean failed(LoadTask.Load task, String reason) {
        VersionId id = task.version().id();
        demanded.remove(id);
        return task.alias().isPresent()
                ? failedAliases.add(task.alias().get(), id, reason)
                : failedDemands.add(id, id, reason);
    }

    /** An alias means what it was to mean. */
    void switched(LoadTask.Switch task) {
        failedAliases.forget(task.alias()::equals);
    }

    /** Why aliases could not be followed, for those that could not. */
    Map<AliasName, String> failures() {
        return failedAliases.reasons();
    }

    /** Whether no alias could be followed; true as well if there is none. */
    boolean allFailed() {
        return failures().keySet().containsAll(followed());
    }

    private List<AliasName> followed() {
        return catalog.aliases().stream()
                .filter(alias -> config.aliases().contains(alias.alias()))
                .toList();
    }

    private Optional<LoadTask> nextFor(AliasName alias) {
        ServableVersion wanted = catalog.version(alias).orElseThrow();
        boolean served = wanted.id().equals(models.serving().get(alias));
        if (served || failedAliases.blocks(alias, wanted.id())) {
            return Optional.empty();
        }
        if (models.find(wanted.id()).isPresent()) {
            return Optional.of(new LoadTask.Switch(alias, wanted.id()));
        }
        return ifThereIsRoom(
                new LoadTask.Load(wanted, Optional.of(alias)),
                models.find(alias).map(old -> old.version().id()));
    }

    /** A load, its refusal, or nothing as long as others have to leave before it. */
    private Optional<LoadTask> ifThereIsRoom(LoadTask.Load load, Optional<VersionId> keep) {
        long bytes = loader.bytes(load.version());
        return switch (models.makeRoom(bytes, keep)) {
            case FREE -> Optional.of(load);
            case SOON -> Optional.empty();
            case NONE ->
                Optional.of(new LoadTask.Refuse(
                        load,
                        "it needs " + bytes + " bytes"
                                + keep.map(old -> " beside " + old + ", which it is to follow,")
                                        .orElse("") + " and minigpt.inference.memory allows "
                                + config.memory().orElseThrow().asLongValue()));
        };
    }

    private Optional<LoadTask> nextDemand() {
        demanded.removeIf(
                id -> models.find(id).isPresent() || catalog.version(id).isEmpty());
        Optional<ServableVersion> version = demanded.stream().findFirst().flatMap(catalog::version);
        if (version.isPresent()) {
            models.makeRoom();
        }
        return version.flatMap(found -> ifThereIsRoom(new LoadTask.Load(found, Optional.empty()), Optional.empty()));
    }

    private static void refuse(VersionId id, String reason) {
        throw new ModelUnavailableException(id + " could not be loaded: " + reason);
    }
}
