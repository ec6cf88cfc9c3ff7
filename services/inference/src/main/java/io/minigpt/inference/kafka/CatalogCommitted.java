package io.minigpt.inference.kafka;

import io.minigpt.inference.Deployments;
import io.minigpt.platform.database.CommitListener;
import jakarta.enterprise.context.ApplicationScoped;

/** Wakes the loader after events were applied. */
@ApplicationScoped
class CatalogCommitted implements CommitListener {

    private final Deployments deployments;

    CatalogCommitted(Deployments deployments) {
        this.deployments = deployments;
    }

    @Override
    public void committed() {
        deployments.wake();
    }
}
