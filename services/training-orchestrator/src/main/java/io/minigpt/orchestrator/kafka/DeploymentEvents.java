package io.minigpt.orchestrator.kafka;

import io.minigpt.orchestrator.store.Pipelines;
import io.minigpt.platform.events.EventHandler;
import io.minigpt.proto.inference.v1.DeploymentFailed;
import io.minigpt.proto.inference.v1.ModelDeployed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What inference says of the versions that it loads. */
@ApplicationScoped
class DeploymentEvents {

    private final Pipelines pipelines;

    DeploymentEvents(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    @Produces
    @Singleton
    EventHandler<ModelDeployed> deployed() {
        return new Handler<>(
                ModelDeployed.class,
                (transaction, event) -> pipelines.deployed(transaction, event.data(), event.time(), event.id()));
    }

    @Produces
    @Singleton
    EventHandler<DeploymentFailed> failed() {
        return new Handler<>(
                DeploymentFailed.class,
                (transaction, event) ->
                        pipelines.deploymentFailed(transaction, event.data(), event.time(), event.id()));
    }
}
