package io.minigpt.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.platform.events.Signal;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Which versions are in memory and which of them an alias means now. An alias goes on meaning its old version until the
 * new one is loaded and warm, and a version leaves only after its running requests have ended, so that no request fails
 * because an alias moved.
 */
@ApplicationScoped
public class Deployments {

    private final ModelCatalog catalog;
    private final InferenceConfig config;
    private final ModelLoader loader;
    private final MeterRegistry metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Signal work = new Signal();
    private final LoadedModels models;
    private final LoadFailures<AliasName> failedAliases;
    private final LoadFailures<VersionId> failedDemands;
    private final Set<VersionId> demanded = new LinkedHashSet<>();

    public Deployments(ModelCatalog catalog, InferenceConfig config, ModelLoader loader, MeterRegistry metrics) {
        this.loader = loader;
        this.metrics = metrics;
        this.catalog = catalog;
        this.config = config;
        this.models = new LoadedModels(
                config.extraModels(),
                config.memory().map(MemorySize::asLongValue).orElse(Long.MAX_VALUE));
        this.failedAliases = new LoadFailures<>(config.retryLoad());
        this.failedDemands = new LoadFailures<>(config.retryLoad());
    }

    /**
     * Gives the texts of a call to a model, waiting for it if it is being loaded.
     *
     * @param caller whose call it is; callers take turns
     * @throws UnknownModelException if there is no such model
     * @throws ModelUnavailableException if it could not be loaded, or not soon enough
     * @throws PromptTooLongException if a prompt does not fit its context, which may not slide
     * @throws QueueFullException if too many texts wait for it
     */
    public Submission submit(ModelReference reference, List<GenerationRequest> requests, String caller)
            throws InterruptedException {
        long patience = config.loadWait().toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<LoadedModel> model = find(reference);
                if (model.isPresent()) {
                    Submission submission = new Submission(model.get().version(), requests, config.deadline());
                    model.get().submit(submission, caller);
                    return submission;
                }
                if (patience <= 0) {
                    throw new ModelUnavailableException(reference + " is being loaded; try again soon");
                }
                patience = changed.awaitNanos(patience);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The version that a reference means now, loaded or not. @throws UnknownModelException if there is none */
    public ServableVersion resolve(ModelReference reference) {
        return locked(() -> switch (reference) {
            case ModelReference.ByVersion(VersionId id) -> known(id);
            case ModelReference.ByAlias(AliasName alias) -> meant(alias);
            case ModelReference.ByName(String model) -> meant(defaultAlias(model));
        });
    }

    /** The aliases with the versions that they mean now. */
    public Map<AliasName, VersionId> serving() {
        return locked(models::serving);
    }

    /** The versions in memory. */
    public Set<VersionId> loaded() {
        return locked(models::ids);
    }

    /** Whether there is a warm model, or none to wait for. */
    public boolean ready() {
        return locked(() -> !models.ids().isEmpty()
                || catalog.aliases().stream()
                        .filter(alias -> config.aliases().contains(alias.alias()))
                        .allMatch(alias -> failedAliases.reasons().containsKey(alias)));
    }

    /** Why aliases could not be followed, for those that could not. */
    public Map<AliasName, String> failures() {
        return locked(failedAliases::reasons);
    }

    /** Lets the loader look at once whether there is something to do; does not block. */
    public void wake() {
        work.raise();
    }

    /** Waits until there may be something to do, or until the time is over. */
    void awaitWork(Duration time) throws InterruptedException {
        work.await(time);
    }

    /** What is to be done next; called by the loader alone. */
    Optional<LoadTask> next() {
        return locked(() -> {
            models.keepOnly(catalog);
            failedAliases.forget(alias -> catalog.version(alias).isEmpty());
            Optional<LoadTask> forAlias = catalog.aliases().stream()
                    .filter(alias -> config.aliases().contains(alias.alias()))
                    .flatMap(alias -> nextFor(alias).stream())
                    .findFirst();
            return forAlias.isPresent() ? forAlias : nextDemand();
        });
    }

    /** A version is loaded and warm. */
    void loaded(LoadTask.Load task, LanguageModel model) {
        change(() -> {
            VersionId id = task.version().id();
            LoadedModel loaded = new LoadedModel(
                    task.version(), model, loader.bytes(task.version()), config.queue(), metrics, this::wake);
            task.alias().ifPresentOrElse(alias -> models.add(loaded, alias), () -> models.addExtra(loaded));
            task.alias().ifPresent(alias -> failedAliases.forget(alias::equals));
            failedDemands.forget(id::equals);
            demanded.remove(id);
            return null;
        });
    }

    /** A version could not be loaded. @return whether that is news */
    boolean failed(LoadTask.Load task, String reason) {
        return change(() -> {
            VersionId id = task.version().id();
            demanded.remove(id);
            return task.alias().isPresent()
                    ? failedAliases.add(task.alias().get(), id, reason)
                    : failedDemands.add(id, id, reason);
        });
    }

    /** An alias means a loaded version from now on. */
    void switched(LoadTask.Switch task) {
        change(() -> {
            models.point(task.alias(), task.id());
            failedAliases.forget(task.alias()::equals);
            return null;
        });
    }

    /** Ends everything: running requests may end within the time, then they are given up. */
    void close(Duration time) throws InterruptedException {
        lock.lock();
        try {
            models.close(time);
        } finally {
            lock.unlock();
        }
    }

    /** The model that a reference means now if it is loaded; if not, it will be. */
    private Optional<LoadedModel> find(ModelReference reference) {
        return switch (reference) {
            case ModelReference.ByVersion(VersionId id) -> demand(known(id).id());
            case ModelReference.ByAlias(AliasName alias) -> find(alias);
            case ModelReference.ByName(String model) -> find(defaultAlias(model));
        };
    }

    private Optional<LoadedModel> find(AliasName alias) {
        VersionId wanted = meant(alias).id();
        if (!config.aliases().contains(alias.alias())) {
            return demand(wanted);
        }
        Optional<LoadedModel> model = challenger(alias).or(() -> models.find(alias));
        if (model.isEmpty()) {
            if (models.awaken(alias)) {
                wake();
            }
            failedAliases.reason(alias, wanted).ifPresent(reason -> refuse(wanted, reason));
        }
        return model;
    }

    /** The loaded challenger of an alias's version if this request is one of its share. */
    private Optional<LoadedModel> challenger(AliasName alias) {
        InferenceConfig.Canary canary = config.canary();
        if (!alias.alias().equals(config.aliases().getFirst())
                || ThreadLocalRandom.current().nextDouble() >= canary.share()) {
            return Optional.empty();
        }
        Stage stage = meant(alias).stage();
        return models.find(new AliasName(alias.model(), canary.alias()))
                .filter(model -> model.version().stage() == stage);
    }

    private Optional<LoadedModel> demand(VersionId id) {
        Optional<LoadedModel> model = models.find(id);
        if (model.isEmpty()) {
            if (failedDemands.blocks(id, id)) {
                failedDemands.reason(id, id).ifPresent(reason -> refuse(id, reason));
            }
            demanded.add(id);
            wake();
        }
        return model;
    }

    private static void refuse(VersionId id, String reason) {
        throw new ModelUnavailableException(id + " could not be loaded: " + reason);
    }

    private ServableVersion known(VersionId id) {
        return catalog.version(id).orElseThrow(() -> new UnknownModelException("there is no version " + id));
    }

    private ServableVersion meant(AliasName alias) {
        return models.find(alias)
                .map(LoadedModel::version)
                .or(() -> catalog.version(alias))
                .orElseThrow(() -> new UnknownModelException("there is no model " + alias));
    }

    private AliasName defaultAlias(String model) {
        return config.aliases().stream()
                .map(alias -> new AliasName(model, alias))
                .filter(alias -> catalog.version(alias).isPresent())
                .findFirst()
                .orElseThrow(() -> new UnknownModelException(
                        "there is no model " + model + " with the alias " + String.join(" or ", config.aliases())));
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

    private <T> T change(Supplier<T> work) {
        return locked(() -> {
            T result = work.get();
            changed.signalAll();
            return result;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
