package io.minigpt.inference;

import io.micrometer.core.instrument.MeterRegistry;
import io.minigpt.gpt.GenerationRequest;
import io.minigpt.platform.events.Signal;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
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
    private final LoadPlan plan;

    public Deployments(ModelCatalog catalog, InferenceConfig config, ModelLoader loader, MeterRegistry metrics) {
        this.loader = loader;
        this.metrics = metrics;
        this.catalog = catalog;
        this.config = config;
        this.models = new LoadedModels(
                config.extraModels(),
                config.memory().map(MemorySize::asLongValue).orElse(Long.MAX_VALUE));
        this.plan = new LoadPlan(catalog, config, loader, models);
    }

    /**
     * Gives the texts of a call to a model, waiting for it if it is being loaded.
     *
     * @param requests its texts, for the version that takes them; must be quick, as others wait meanwhile
     * @param caller whose call it is; callers take turns
     * @throws UnknownModelException if there is no such model
     * @throws ModelUnavailableException if it could not be loaded, or not soon enough
     * @throws PromptTooLongException if a prompt does not fit its context, which may not slide
     * @throws QueueFullException if too many texts wait for it
     */
    public Submission submit(
            ModelReference reference, Function<ServableVersion, List<GenerationRequest>> requests, String caller)
            throws InterruptedException {
        long patience = config.loadWait().toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<LoadedModel> model = find(reference);
                if (model.isPresent()) {
                    ServableVersion version = model.get().version();
                    Submission submission = new Submission(version, requests.apply(version), config.deadline());
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
        return locked(() -> !models.ids().isEmpty() || plan.allFailed());
    }

    /** Why aliases could not be followed, for those that could not. */
    public Map<AliasName, String> failures() {
        return locked(plan::failures);
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
        return locked(plan::next);
    }

    /** A version is loaded and warm. */
    void loaded(LoadTask.Load task, LanguageModel model) {
        change(() -> {
            LoadedModel loaded = new LoadedModel(
                    task.version().with(model.template()),
                    model,
                    loader.bytes(task.version()),
                    config.queue(),
                    metrics,
                    this::wake);
            task.alias().ifPresentOrElse(alias -> models.add(loaded, alias), () -> models.addExtra(loaded));
            plan.loaded(task);
            return null;
        });
    }

    /** A version could not be loaded. @return whether that is news */
    boolean failed(LoadTask.Load task, String reason) {
        return change(() -> plan.failed(task, reason));
    }

    /** An alias means a loaded version from now on. */
    void switched(LoadTask.Switch task) {
        change(() -> {
            models.point(task.alias(), task.id());
            plan.switched(task);
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
            plan.requireNotFailed(alias, wanted);
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
            plan.demand(id);
            wake();
        }
        return model;
    }

    private ServableVersion known(VersionId id) {
        ServableVersion version =
                catalog.version(id).orElseThrow(() -> new UnknownModelException("there is no version " + id));
        return models.find(id).map(LoadedModel::version).orElse(version);
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
