package io.minigpt.registry.http;

import io.minigpt.platform.artifacts.ArtifactStore;
import io.minigpt.proto.event.v1.Artifact;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** A file of the artifact store as an answer; its ETag is its sha256. */
final class Downloads {

    private Downloads() {}

    static Response of(ArtifactStore artifacts, Artifact artifact) throws IOException {
        return Response.ok(artifacts.open(artifact))
                .header(HttpHeaders.CONTENT_LENGTH, artifact.getBytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + artifact.getName() + "\"")
                .tag(artifact.getSha256())
                .build();
    }
}
