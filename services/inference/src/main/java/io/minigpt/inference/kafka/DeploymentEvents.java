package io.minigpt.inference.kafka;

import io.minigpt.inference.DeploymentLog;
import io.minigpt.inference.InferenceConfig;
import io.minigpt.inference.VersionId;
import io.minigpt.platform.database.Database;
import io.minigpt.platform.events.Outbox;
import io.minigpt.proto.inference.v1.DeploymentFailed;
import io.minigpt.proto.inference.v1.ModelDeployed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Tells of deployments by events. */
@ApplicationScoped
class DeploymentEvents implements DeploymentLog {

    private final Database database;
    private final Outbox outbox;
    private final String replica;

    DeploymentEvents(Database database, Outbox outbox, InferenceConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.replica = config.replica();
    }

    @Override
    public void deployed(VersionId id, String alias, Duration loadTime) {
        ModelDeployed deployed = ModelDeployed.newBuilder()
                .setModel(id.model())
                .setVersion(id.version())
                .setAlias(alias)
                .setReplica(replica)
                .setLoadMillis(loadTime.toMillis())
                .build();
        database.run(transaction -> outbox.publish(transaction, id.model(), deployed));
    }

    @Override
    public void failed(VersionId id, String alias, String reason) {
        DeploymentFailed failed = DeploymentFailed.newBuilder()
                .setModel(id.model())
                .setVersion(id.version())
                .setAlias(alias)
                .setReplica(replica)
                .setReason(reason)
                .build();
        database.run(transaction -> outbox.publish(transaction, id.model(), failed));
    }
}
