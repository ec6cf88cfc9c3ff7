package io.minigpt.inference;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * Loads, warms and switches on a thread of its own, one version at a time, and tells the other services. What could not
 * be told because the database is away is told later, in its order.
 */
@ApplicationScoped
public class Loader {

    private static final Logger LOG = Logger.getLogger(Loader.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Deployments deployments;
    private final ModelLoader models;
    private final DeploymentLog log;
    private final Duration drain;
    private final Deque<Runnable> untold = new ArrayDeque<>();
    private volatile boolean stopping;
    private Thread thread;

    public Loader(Deployments deployments, ModelLoader models, DeploymentLog log, InferenceConfig config) {
        this.deployments = deployments;
        this.models = models;
        this.log = log;
        this.drain = config.drain();
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("model-loader").start(this::work);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        deployments.wake();
        thread.join();
        deployments.close(drain);
    }

    private void work() {
        while (!stopping) {
            try {
                tell();
                Optional<LoadTask> task = deployments.next();
                if (task.isPresent()) {
                    perform(task.get());
                } else {
                    deployments.awaitWork(LOOK);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        tell();
    }

    private void perform(LoadTask task) {
        switch (task) {
            case LoadTask.Load load -> load(load);
            case LoadTask.Refuse(LoadTask.Load load, String reason) -> failed(load, reason);
            case LoadTask.Switch change -> {
                deployments.switched(change);
                untold.add(() -> log.deployed(change.id(), change.alias().alias(), Duration.ZERO));
                LOG.infof("%s means %s, which was loaded already", change.alias(), change.id());
            }
        }
    }

    private void load(LoadTask.Load task) {
        VersionId id = task.version().id();
        String alias = task.alias().map(AliasName::alias).orElse("");
        long start = System.nanoTime();
        try {
            LanguageModel model = models.load(task.version());
            warm(model);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            deployments.loaded(task, model);
            untold.add(() -> log.deployed(id, alias, time));
            LOG.infof("%s is loaded and warm after %d ms", id, time.toMillis());
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.warnf(e, "%s could not be loaded", id);
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            failed(task, reason);
        }
    }

    private void failed(LoadTask.Load task, String reason) {
        if (deployments.failed(task, reason)) {
            VersionId id = task.version().id();
            LOG.warnf("%s is not served: %s", id, reason);
            String alias = task.alias().map(AliasName::alias).orElse("");
            untold.add(() -> log.failed(id, alias, reason));
        }
    }

    private static void warm(LanguageModel model) {
        try {
            WarmUp warmUp = new WarmUp();
            await(model, () -> model.begin(WarmUp.request(), warmUp));
            while (!warmUp.ended()) {
                await(model, model::step);
            }
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Runs work on the model's thread and waits for it. */
    private static void await(LanguageModel model, Runnable work) {
        try {
            CompletableFuture.runAsync(work, model.thread()).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                default -> throw e;
            }
        }
    }

    private void tell() {
        try {
            while (!untold.isEmpty()) {
                untold.peek().run();
                untold.remove();
            }
        } catch (RuntimeException e) {
            LOG.warnf("cannot tell what is served: %s; trying again", e.getMessage());
        }
    }
}
