package io.minigpt.inference.kafka;

import com.google.protobuf.Timestamp;
import io.minigpt.inference.ServableVersion;
import io.minigpt.inference.Stage;
import io.minigpt.inference.VersionId;
import io.minigpt.platform.events.RefusedEventException;
import io.minigpt.proto.training.v1.ModelVersion;
import java.time.Instant;

/** Reads the registry's messages. */
final class RegistryFacts {

    private RegistryFacts() {}

    static ServableVersion version(ModelVersion version, Timestamp since) {
        return new ServableVersion(
                id(version.getModel(), version.getVersion()),
                switch (version.getStage()) {
                    case STAGE_PRETRAIN -> Stage.PRETRAIN;
                    case STAGE_SFT -> Stage.SFT;
                    case STAGE_UNSPECIFIED, UNRECOGNIZED ->
                        throw new RefusedEventException("the version has the stage " + version.getStage());
                },
                version.getFilesList(),
                Instant.ofEpochSecond(since.getSeconds(), since.getNanos()));
    }

    static VersionId id(String model, int version) {
        try {
            return new VersionId(model, version);
        } catch (IllegalArgumentException e) {
            throw new RefusedEventException(e.getMessage());
        }
    }
}
