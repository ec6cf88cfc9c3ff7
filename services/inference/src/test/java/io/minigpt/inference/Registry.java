package io.minigpt.inference;

import io.minigpt.platform.testkit.EventProbe;
import io.minigpt.proto.inference.v1.DeploymentFailed;
import io.minigpt.proto.inference.v1.ModelDeployed;
import io.minigpt.proto.registry.v1.AliasRemoved;
import io.minigpt.proto.registry.v1.AliasSet;
import io.minigpt.proto.registry.v1.VersionRegistered;
import io.minigpt.proto.training.v1.ModelVersion;

/** The model registry, played by a test. A version's files are the pieces of its answer, see {@link ScriptedModels}. */
public final class Registry {

    private final EventProbe probe;

    public Registry(EventProbe probe) {
        this.probe = probe;
    }

    /** Tells of a version. */
    public void register(String model, int version, Stage stage, String... pieces) {
        probe.publish(
                model + ":" + version,
                VersionRegistered.newBuilder()
                        .setVersion(version(model, version, stage, pieces))
                        .setDataset(model + "-data")
                        .setDatasetVersion(4)
                        .build());
    }

    /** Tells of an alias. */
    public void setAlias(String model, String alias, long revision, int version, Stage stage, String... pieces) {
        probe.publish(
                model + "@" + alias,
                AliasSet.newBuilder()
                        .setModel(model)
                        .setAlias(alias)
                        .setRevision(revision)
                        .setVersion(version(model, version, stage, pieces))
                        .build());
    }

    /** Tells of an alias that is gone. */
    public void removeAlias(String model, String alias, long revision) {
        probe.publish(
                model + "@" + alias,
                AliasRemoved.newBuilder()
                        .setModel(model)
                        .setAlias(alias)
                        .setRevision(revision)
                        .build());
    }

    /** Tells of version 1 with the alias champion, and waits until it is served. */
    public void serve(String model, Stage stage, String... pieces) {
        register(model, 1, stage, pieces);
        setAlias(model, "champion", 1, 1, stage, pieces);
        awaitDeployed(model, 1);
    }

    /** Waits until a version is served. */
    public ModelDeployed awaitDeployed(String model, int version) {
        return probe.await(
                        ModelDeployed.class,
                        deployed -> deployed.getModel().equals(model) && deployed.getVersion() == version)
                .data();
    }

    /** Waits until a version could not be loaded. */
    public DeploymentFailed awaitFailed(String model, int version) {
        return probe.await(
                        DeploymentFailed.class,
                        failed -> failed.getModel().equals(model) && failed.getVersion() == version)
                .data();
    }

    private static ModelVersion version(String model, int version, Stage stage, String... pieces) {
        ServableVersion servable = ScriptedModels.version(new VersionId(model, version), stage, pieces);
        return ModelVersion.newBuilder()
                .setModel(model)
                .setVersion(version)
                .setStage(
                        switch (stage) {
                            case PRETRAIN -> io.minigpt.proto.training.v1.Stage.STAGE_PRETRAIN;
                            case SFT -> io.minigpt.proto.training.v1.Stage.STAGE_SFT;
                        })
                .addAllFiles(servable.files())
                .build();
    }
}
