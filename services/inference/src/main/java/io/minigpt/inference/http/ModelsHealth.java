package io.minigpt.inference.http;

import io.minigpt.inference.Deployments;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says which models are served. It is down while models are known and none of them is warm yet: a new system has none, and
 * one that is damaged does not stop others.
 */
@Readiness
@ApplicationScoped
class ModelsHealth implements HealthCheck {

    private final Deployments deployments;

    ModelsHealth(Deployments deployments) {
        this.deployments = deployments;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("models").status(deployments.ready());
        deployments.serving().forEach((alias, version) -> response.withData(alias.toString(), version.toString()));
        deployments.failures().forEach((alias, reason) -> response.withData(alias + " failed", reason));
        response.withData("loaded", deployments.loaded().size());
        return response.build();
    }
}
